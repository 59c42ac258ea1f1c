package org.vfioap.qemu.hmp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vfioap.qemu.guest.Guest;
import org.vfioap.qemu.guest.ShutdownCause;
import org.vfioap.qemu.guest.UserObjects;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonReader;
import org.vfioap.qemu.json.JsonSyntaxException;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.json.JsonWriter;
import org.vfioap.qemu.options.OptionString;
import org.vfioap.qemu.qapi.CommandSchema;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qdev.DeviceOptions;
import org.vfioap.qemu.qdev.PropertyTable;
import org.vfioap.qemu.qom.Property;
import org.vfioap.qemu.recording.Recording;

/**
 * What the commands do. Source: monitor/hmp-cmds.c and monitor/misc.c of QEMU 7.2, and measured.
 */
final class HumanCommands {
  private final Guest guest;
  private final HumanMonitor monitor;
  private final Information information;
  private final SharedCommands shared;
  private final ChardevLines chardevs;

  HumanCommands(
      Guest guest,
      HumanMonitor monitor,
      Information information,
      SharedCommands shared,
      ChardevLines chardevs) {
    this.guest = guest;
    this.chardevs = chardevs;
    this.monitor = monitor;
    this.information = information;
    this.shared = shared;
  }

  void run(String command, boolean sub, Map<String, String> arguments, StringBuilder out)
      throws QemuError {
    if (sub) {
      out.append(information.print(command, arguments));
      return;
    }
    switch (command) {
      case "help" -> out.append(help(arguments));
      case "quit" -> guest.life().quit(ShutdownCause.HOST_QMP_QUIT);
      case "stop" -> guest.life().stop();
      case "cont" -> guest.life().resume();
      case "system_reset" -> guest.life().reset(ShutdownCause.HOST_QMP_SYSTEM_RESET);
      case "system_powerdown" -> guest.life().powerDown();
      case "system_wakeup" ->
          throw QemuError.generic("wake-up from suspend is not supported by this guest");
      case "cpu" -> selectCpu(arguments, out);
      case "singlestep" -> out.append(singleStep(arguments.getOrDefault("option", "on")));
      case "sync-profile" -> out.append(syncProfile(arguments.getOrDefault("op", "")));
      case "print", "x", "xp", "i", "gpa2hva", "gpa2hpa", "gva2gpa" ->
          out.append(memory(command, arguments));
      default -> objects(command, arguments, out);
    }
  }

  private void migrate(Map<String, String> arguments, StringBuilder out) throws QemuError {
    guest.migration().start(arguments.getOrDefault("uri", ""), arguments.containsKey("resume"));
    if (!arguments.containsKey("detach") && !monitor.await(guest.migration())) {
      out.append("terminal does not allow synchronous migration, continuing detached\n");
    }
  }

  private void setParameter(Map<String, String> arguments) throws QemuError {
    String name = arguments.getOrDefault("parameter", "");
    guest.migration().setParameter(name, arguments.getOrDefault("value", ""));
  }

  private void proceed(String state) throws QemuError {
    if (!CommandSchema.recorded().words("none setup cancelling").contains(state)) {
      throw QemuError.generic("invalid parameter value: " + state);
    }
    guest.migration().proceed(state);
  }

  private void receive(String uri) throws QemuError {
    guest.migration().receive(uri, true);
  }

  private String singleStep(String option) {
    if (!option.equals("on") && !option.equals("off")) {
      return "unexpected option " + option + "\n";
    }
    guest.debug().setSingleStep(option.equals("on"));
    return "";
  }

  private String syncProfile(String operation) throws QemuError {
    switch (operation) {
      case "" -> {
        return "sync-profile is " + (guest.debug().isSyncProfile() ? "on\n" : "off\n");
      }
      case "on", "off" -> guest.debug().setSyncProfile(operation.equals("on"));
      case "reset" -> {}
      default -> throw QemuError.generic("Invalid parameter '" + operation + "'");
    }
    return "";
  }

  private String memory(String command, Map<String, String> arguments) {
    boolean machine = guest.configuration().hasMachine();
    MemoryDump dump = new MemoryDump(machine ? guest.configuration().memory() : 0);
    long address = Long.parseLong(arguments.getOrDefault("addr", "0"));
    DisplayFormat format = DisplayFormat.last(arguments, guest.debug());
    return switch (command) {
      case "gpa2hva" -> dump.hostAddress("Host virtual", address);
      case "gpa2hpa" -> dump.hostAddress("Host physical", address);
      case "gva2gpa" -> machine ? dump.guestAddress(address) : "No cpu\n";
      case "i" -> MemoryDump.port(format, address);
      case "print" -> {
        long value = Long.parseLong(arguments.getOrDefault("val", "0"));
        yield format.print(value) + "\n";
      }
      default -> machine ? dump.print(format, address) : "Can not dump without CPU\n";
    };
  }

  private void objects(String command, Map<String, String> arguments, StringBuilder out)
      throws QemuError {
    switch (command) {
      case "device_add" -> addDevice(arguments.getOrDefault("device", ""), out);
      case "device_del" -> guest.plug().delete(arguments.getOrDefault("id", ""));
      case "object_add" -> addObject(arguments.getOrDefault("object", ""), out);
      case "object_del" -> UserObjects.of(guest).delete(arguments.getOrDefault("id", ""));
      case "qom-list" -> listProperties(arguments, out);
      case "qom-get" -> out.append(getProperty(arguments)).append('\n');
      case "qom-set" -> setProperty(arguments);
      case "migrate" -> migrate(arguments, out);
      case "migrate_incoming" -> receive(arguments.getOrDefault("uri", ""));
      case "migrate_start_postcopy" -> guest.migration().startPostcopy();
      case "migrate_set_parameter" -> setParameter(arguments);
      case "migrate_continue" -> proceed(arguments.getOrDefault("state", ""));
      case "migrate_cancel" -> guest.migration().cancel();
      case "migrate_set_capability" -> setCapability(arguments);
      case "sendkey" -> out.append(KeyNames.check(arguments.getOrDefault("keys", "")));
      case "nmi" -> guest.life().injectNmi();
      case "balloon" -> guest.checkBalloon();
      case "savevm" -> {
        guest.migration().checkMigratable();
        guest.board().disks().checkSnapshots();
        out.append(others(command, arguments));
      }
      case "loadvm" -> {
        guest.board().disks().checkSnapshots();
        guest.life().restoring();
        out.append(others(command, arguments));
      }
      case "delvm" -> {
        guest.board().disks().checkSnapshots();
        out.append(others(command, arguments));
      }
      default -> out.append(others(command, arguments));
    }
  }

  private String others(String command, Map<String, String> arguments) throws QemuError {
    if (command.equals("memsave") && !guest.configuration().hasMachine()) {
      return "No CPU available\n";
    }
    Optional<String> text = new NetworkLines(guest).run(command, arguments);
    text = text.isPresent() ? text : new BlockLines(guest, guest::print).run(command, arguments);
    text = text.isPresent() ? text : chardevs.run(command, arguments);
    text = text.isPresent() ? text : DisplayLines.run(guest, command, arguments);
    text = text.isPresent() ? text : DebugLines.run(guest, command, arguments);
    text = text.isPresent() ? text : shared.run(command, monitor.cpu(), arguments);
    String types = CommandTable.commands().find(command).orElseThrow().types();
    return text.isPresent() ? text.get() : KnownWords.print(command, types, arguments);
  }

  private String help(Map<String, String> arguments) {
    TextCursor text = new TextCursor(arguments.getOrDefault("name", ""), guest::say);
    List<String> words = new ArrayList<>();
    text.skipSpaces();
    try {
      while (!text.atEnd()) {
        words.add(text.word());
        text.skipSpaces();
      }
    } catch (HumanRefusal unfinished) {
      return unfinished.text();
    }
    return monitor.help(words);
  }

  private void selectCpu(Map<String, String> arguments, StringBuilder out) {
    if (!monitor.selectCpu(Long.parseLong(arguments.getOrDefault("index", "0")))) {
      out.append("invalid CPU index\n");
    }
  }

  private void addDevice(String text, StringBuilder out) throws QemuError {
    OptionString options = OptionString.parse(text, "driver");
    String driver = options.get("driver").orElse("");
    if (driver.equals("help") || driver.equals("?")) {
      out.append(Recording.named("cli").get("-device help")).append('\n');
    } else if (options.wantsHelp()) {
      try {
        out.append(PropertyTable.help(driver));
      } catch (QemuError unknown) {
        out.append(unknown.text()).append('\n');
      }
    } else {
      guest.plug().add(DeviceOptions.ofText(options));
    }
  }

  private void addObject(String text, StringBuilder out) throws QemuError {
    ObjectLine line = ObjectLine.read(text);
    if (line.help().isPresent()) {
      out.append(line.help().get());
    } else {
      UserObjects.of(guest).add(line.members());
    }
  }

  private void listProperties(Map<String, String> arguments, StringBuilder out) throws QemuError {
    String path = arguments.getOrDefault("path", "");
    if (path.isEmpty()) {
      out.append("/\n");
      return;
    }
    for (Property property : guest.board().tree().resolve(path).properties()) {
      out.append(property.name()).append(" (").append(property.type()).append(")\n");
    }
  }

  private String getProperty(Map<String, String> arguments) throws QemuError {
    JsonValue value =
        guest
            .board()
            .tree()
            .get(arguments.getOrDefault("path", ""), arguments.getOrDefault("property", ""));
    return JsonWriter.pretty().write(value);
  }

  /** Reads the value as JSON with {@code -j}, else as the property's type wants it. */
  private void setProperty(Map<String, String> arguments) throws QemuError {
    String path = arguments.getOrDefault("path", "");
    String name = arguments.getOrDefault("property", "");
    String text = arguments.getOrDefault("value", "");
    if (arguments.containsKey("json")) {
      guest.board().tree().set(path, name, json(text));
      return;
    }
    Optional<Property> property = guest.board().tree().resolve(path).property(name);
    String type = property.map(Property::type).orElse("");
    guest.board().tree().set(path, name, PropertyText.read(name, type, text));
  }

  private static JsonValue json(String text) throws QemuError {
    try {
      return JsonReader.parse(text);
    } catch (JsonSyntaxException refused) {
      throw QemuError.generic(refused.text());
    }
  }

  private void setCapability(Map<String, String> arguments) throws QemuError {
    String name = arguments.getOrDefault("capability", "");
    String recorded = guest.recording().get("info migrate_capabilities");
    if (recorded.lines().noneMatch(line -> line.startsWith(name + ":"))) {
      throw QemuError.generic("invalid parameter value: " + name);
    }
    JsonObject capability =
        JsonObject.of("capability", name)
            .with("state", arguments.getOrDefault("state", "off").equals("on"));
    guest.migration().setCapabilities(new JsonArray(List.of(capability)));
  }
}
