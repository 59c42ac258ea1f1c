package org.vfioap.qemu.process;

import java.util.Optional;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.options.KeyvalParser;
import org.vfioap.qemu.options.OptionList;
import org.vfioap.qemu.options.OptionLists;
import org.vfioap.qemu.options.OptionString;
import org.vfioap.qemu.persona.QemuRules;
import org.vfioap.qemu.persona.QemuVersion;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.recording.Recording;

/**
 * The properties of the machine as the command line gives them: {@code -machine} together with the
 * options that stand for some of them. Source: softmmu/vl.c of QEMU 7.2.
 */
final class MachineDictionary {
  static final String ALIAS = "s390-ccw-virtio";

  private final JsonObject members = JsonObject.empty();

  /** Takes one {@code -machine}. */
  void read(CommandLine.Option option) throws QemuError, Exit {
    if (KeyvalParser.parseInto(members, option.value(), "type")) {
      throw Exit.printing(help());
    }
  }

  private String help() {
    String type = text("type").orElse("");
    String name = type.equals(ALIAS) ? aliased() : type;
    Recording texts = Recording.named("cli");
    return exists(name)
        ? texts
                .get("-machine " + (name.equals("none") ? name : ALIAS) + ",help")
                .replace(aliased(), name)
            + "\n"
        : texts.get("-machine help") + "\n";
  }

  /** Takes one option whose values are the members of a property. */
  void readProperty(CommandLine.Option option, String property) throws QemuError, Exit {
    OptionList list = OptionLists.get(option.name());
    JsonObject value = JsonObject.empty();
    if (KeyvalParser.parseInto(value, option.value(), list.impliedKey())) {
      throw Exit.printing(list.help());
    }
    KeyvalParser.merge(members, JsonObject.of(property, value), "");
  }

  /** Takes the memory options, which together make one property. */
  void readMemory(CommandLine line) throws QemuError {
    JsonObject memory = JsonObject.empty();
    for (CommandLine.Option option : line.all("m")) {
      OptionString options = OptionLists.get("m").read(option.value());
      Optional<String> size = options.get("size");
      if (size.isPresent() && OptionList.size("size", size.get(), 1).bytes().orElse(0L) != 0) {
        boolean digit = Character.isDigit(size.get().charAt(size.get().length() - 1));
        memory.with("size", digit ? size.get() + "M" : size.get());
      }
      options.get("maxmem").ifPresent(text -> memory.with("max-size", text));
      options.get("slots").ifPresent(text -> memory.with("slots", text));
    }
    KeyvalParser.merge(members, JsonObject.of("memory", memory), "");
  }

  void put(String property, String value) {
    members.with(property, value);
  }

  Optional<String> text(String property) {
    return members.text(property);
  }

  JsonObject members() {
    return members;
  }

  /** Returns the machine type without alias. */
  String type(CommandLine line) throws Exit {
    String type = text("type").orElse(ALIAS);
    String name = type.equals(ALIAS) ? aliased() : type;
    if (!exists(name)) {
      throw line.failure(
          "unsupported machine type"
              + (QemuRules.MACHINE_NAMED.now() ? ": \"" + name + "\"" : "")
              + "\nUse -machine help to list supported machines\n");
    }
    return name;
  }

  /** Says why a machine type will go, if that is known; its help has a mark then. */
  static boolean isDeprecated(String machine) {
    return !machine.equals(aliased())
        && Recording.named("cli")
            .get("-machine help")
            .lines()
            .anyMatch(text -> text.startsWith(machine + " ") && text.endsWith(" (deprecated)"));
  }

  private static String aliased() {
    return QemuVersion.current().newestMachine();
  }

  private static boolean exists(String machine) {
    if (machine.equals(aliased()) || machine.equals("none")) {
      return true;
    }
    return Recording.named("cli")
        .get("-machine help")
        .lines()
        .anyMatch(text -> text.startsWith(machine + " "));
  }
}
