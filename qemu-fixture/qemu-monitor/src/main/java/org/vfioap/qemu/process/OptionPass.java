package org.vfioap.qemu.process;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonReader;
import org.vfioap.qemu.json.JsonSyntaxException;
import org.vfioap.qemu.options.OptionList;
import org.vfioap.qemu.options.OptionLists;
import org.vfioap.qemu.options.OptionString;
import org.vfioap.qemu.persona.QemuRules;
import org.vfioap.qemu.qapi.QemuError;

/**
 * Reads the options one after the other and refuses what can be refused without knowing the others.
 * Source: the second pass of softmmu/vl.c (qemu_init) of QEMU 7.2.
 */
final class OptionPass {
  private static final String UUID = "(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  /** Options that are no lists of keys and values. */
  private static final Set<String> MERGED = Set.of("object", "machine", "smp-opts", "boot-opts");

  private final CommandLine line;
  private final Console console;
  private final MachineDictionary machine = new MachineDictionary();
  private final Map<String, Set<String>> identifiers = new HashMap<>();
  private final List<UserObject> objects = new ArrayList<>();

  OptionPass(CommandLine line, Console console) {
    this.line = line;
    this.console = console;
  }

  void run() throws Exit {
    for (int i = 0; i < line.options().size(); i++) {
      CommandLine.Option option = line.options().get(i);
      try {
        read(option);
      } catch (QemuError refused) {
        // What is wrong in a file is told without a hint.
        String hint = option.location().startsWith(":") ? "" : refused.hint();
        throw line.failure(option.location() + ": " + refused.text() + "\n" + hint);
      }
    }
    validate();
  }

  private void read(CommandLine.Option option) throws QemuError, Exit {
    if (OptionArity.isForeign(option.name())) {
      throw QemuError.generic("Option not supported for this target");
    }
    // Most values ask for nothing, and start without the class that knows what to print.
    if (option.value().contains("help") || option.value().contains("?")) {
      OptionHelp.check(option);
    }
    switch (option.name()) {
      case "version" -> throw Exit.printing(HelpTexts.text("version"));
      case "h", "help" -> throw Exit.printing(HelpTexts.usage(line.program()));
      case "audio-help" -> throw Exit.printing(HelpTexts.text("-audio-help"));
      case "machine", "M" -> machine.read(option);
      case "smp", "boot" -> machine.readProperty(option, option.name());
      case "kernel", "initrd", "append", "dtb" -> machine.put(option.name(), option.value());
      case "bios" -> machine.put("firmware", option.value());
      case "nographic" -> machine.put("graphics", "off");
      case "usb" -> machine.put("usb", "on");
      case "enable-kvm" -> machine.put("accel", "kvm");
      case "uuid" -> checkUuid(option);
      case "accel" -> accelerator(option);
      case "chardev" -> chardev(option);
      case "device" -> device(option);
      case "object" -> objects.add(UserObject.read(option, this));
      case "display" -> {
        if (!option.value().startsWith("vnc=")) {
          DisplayOption.check(option.value());
        }
      }
      case "qmp", "qmp-pretty", "monitor" -> Chardevs.checkCompatible(option, line, console);
      case "mon" -> monitor(option);
      case "netdev" -> network(option);
      case "readconfig" -> {
        OtherOptions.check(option);
        line.insert(option, ConfigFile.read(line, option.value()));
      }
      case "set" -> set(option);
      case "global" -> {
        if (option.value().indexOf('=') < 0) {
          console.report(option.location() + ": " + OptionString.deprecation(option.value()));
        }
        OtherOptions.check(option);
      }
      default -> list(option);
    }
  }

  /** Reads an option whose values are checked against a list; others mean nothing here. */
  private void list(CommandLine.Option option) throws QemuError, Exit {
    OtherOptions.check(option);
    Optional<OptionList> list = OptionLists.of(option.name());
    if (list.isPresent() && !option.value().isEmpty()) {
      parse(option, list.get());
      if (option.name().equals("msg") && isOn(option, "timestamp")) {
        console.enableTimestamps();
      }
    }
    HostOptions.check(option);
  }

  private static boolean isOn(CommandLine.Option option, String key) {
    return OptionString.parse(option.value(), "").isOn(key, false);
  }

  /** Parses and checks one option, complaining about keys without a value on the way. */
  OptionString parse(CommandLine.Option option, OptionList list) throws QemuError, Exit {
    OptionString options = list.read(option.value());
    for (String flag : options.flags()) {
      console.report(option.location() + ": " + OptionString.deprecation(flag));
    }
    if (options.wantsHelp() && !list.takesAny()) {
      throw Exit.printing(list.help()).withStatus(1);
    }
    identifiers.putIfAbsent(list.name(), new HashSet<>());
    list.check(options, identifiers.get(list.name()));
    return options;
  }

  private static void checkUuid(CommandLine.Option option) throws QemuError {
    if (!option.value().matches(UUID)) {
      throw QemuError.generic("failed to parse UUID string: wrong format");
    }
  }

  /** What cannot be parsed is named, and then the list of accelerators ends the process. */
  private void accelerator(CommandLine.Option option) throws Exit {
    String refusal = "";
    Optional<String> name = Optional.empty();
    try {
      name = parse(option, OptionLists.get("accel")).get("accel");
    } catch (QemuError refused) {
      refusal = option.location() + ": " + refused.text() + "\n" + refused.hint();
    }
    if (!refusal.isEmpty()) {
      console.report(refusal);
    }
    if (name.isEmpty() || HelpTexts.isHelp(name.get())) {
      throw Exit.printing(HelpTexts.accelerators(line.isKvmBuild()));
    }
  }

  private void chardev(CommandLine.Option option) throws QemuError, Exit {
    OptionString options = parse(option, OptionLists.get("chardev"));
    if (HelpTexts.isHelp(options.get("backend").orElse(""))) {
      throw Exit.printing(HelpTexts.text("-chardev help"));
    }
  }

  private void device(CommandLine.Option option) throws QemuError, Exit {
    if (option.value().startsWith("{")) {
      json(option.value());
    } else {
      parse(option, OptionLists.get("device"));
    }
  }

  /** Source: softmmu/vl.c (qemu_set_option) of QEMU 7.2. */
  private void set(CommandLine.Option option) throws QemuError {
    OtherOptions.check(option);
    String[] names = option.value().split("\\.", 3);
    QemuError.require(!MERGED.contains(names[0]), "-set is not supported with " + names[0]);
    if (OptionLists.of(names[0]).isEmpty()) {
      throw QemuError.generic("There is no option group '" + names[0] + "'");
    }
    if (!identifiers.getOrDefault(names[0], Set.of()).contains(names[1])) {
      throw QemuError.generic("there is no " + names[0] + " \"" + names[1] + "\" defined");
    }
    String[] added = names[2].split("=", 2);
    OptionList list = OptionLists.get(names[0]);
    list.check(list.read(added[0] + "=" + added[1].replace(",", ",,")), new HashSet<>());
    for (CommandLine.Option each : line.all(names[0])) {
      if (each.value().startsWith("{")) {
        continue;
      }
      if (list.read(each.value()).id().equals(Optional.of(names[1]))) {
        line.replace(each, each.with(added[0], added[1]));
        return;
      }
    }
  }

  private void monitor(CommandLine.Option option) throws QemuError, Exit {
    list(option);
    if (QemuRules.MONITOR_OBJECTS.now()) {
      console.report(
          option.location()
              + ": warning: '-mon' is deprecated, use '-object' with 'monitor-hmp' or"
              + " 'monitor-qmp' types instead\n");
    }
  }

  private void network(CommandLine.Option option) throws QemuError, Exit {
    if (option.value().startsWith("{")) {
      json(option.value());
    } else if (!NetworkOptions.isModern(option.value())) {
      list(option);
    }
  }

  /** Parses an option that is written as JSON. */
  static JsonObject json(String text) throws QemuError {
    try {
      return (JsonObject) JsonReader.parse(text);
    } catch (JsonSyntaxException broken) {
      throw QemuError.generic(broken.text());
    }
  }

  private void validate() throws Exit {
    if (machine.text("kernel").isEmpty()) {
      for (String option : List.of("append", "initrd")) {
        if (machine.text(option).isPresent()) {
          throw line.failure("-" + option + " only allowed with -kernel option\n");
        }
      }
    }
    boolean defers = line.last("incoming").orElse("defer").equals("defer");
    if (line.has("preconfig") && line.has("loadvm")) {
      throw line.failure("'preconfig' and 'loadvm' options are mutually exclusive\n");
    }
    if (line.has("preconfig") && !defers) {
      throw line.failure("'preconfig' supports '-incoming defer' only\n");
    }
  }

  MachineDictionary machine() {
    return machine;
  }

  List<UserObject> objects() {
    return objects;
  }
}
