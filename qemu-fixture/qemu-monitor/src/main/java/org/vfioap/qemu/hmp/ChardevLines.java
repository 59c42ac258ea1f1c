package org.vfioap.qemu.hmp;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import org.vfioap.qemu.guest.Guest;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.options.ChardevAccess;
import org.vfioap.qemu.options.OptionList;
import org.vfioap.qemu.options.OptionLists;
import org.vfioap.qemu.options.OptionString;
import org.vfioap.qemu.qapi.MachineCommands;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.recording.Recording;

/** Character devices as people handle them. Source: chardev/char-hmp-cmds.c of QEMU 7.2. */
final class ChardevLines {
  private final Guest guest;
  private final ChardevAccess chardevs;
  private final MachineCommands machine;

  ChardevLines(Guest guest, ChardevAccess chardevs, MachineCommands machine) {
    this.guest = guest;
    this.chardevs = chardevs;
    this.machine = machine;
  }

  /** Runs a command and returns what it prints; empty if it is none of these. */
  Optional<String> run(String command, Map<String, String> arguments) throws QemuError {
    String id = arguments.getOrDefault("id", "");
    switch (command) {
      case "chardev-add" -> {
        return Optional.of(add(parse(arguments.getOrDefault("args", ""))));
      }
      case "chardev-change" -> change(id, parse(arguments.getOrDefault("args", "")));
      case "chardev-remove", "chardev-send-break" ->
          machine.perform(command, JsonObject.of("id", id));
      case "ringbuf_write" ->
          machine.perform(
              "ringbuf-write", device(arguments).with("data", arguments.getOrDefault("data", "")));
      case "ringbuf_read" -> {
        return Optional.of(read(arguments));
      }
      default -> {
        return Optional.empty();
      }
    }
    return Optional.of("");
  }

  private static JsonObject device(Map<String, String> arguments) {
    return JsonObject.of("device", arguments.getOrDefault("device", ""));
  }

  private OptionString parse(String text) throws QemuError {
    OptionList list = OptionLists.get("chardev");
    OptionString options = list.read(text);
    try {
      if (options.wantsHelp()) {
        guest.say(list.help());
        throw QemuError.generic("");
      }
      list.check(options, new HashSet<>());
    } catch (QemuError refused) {
      String told = refused.text().isEmpty() ? "" : refused.text() + "\n" + refused.hint();
      guest.reports().report(told);
      throw QemuError.generic("Parsing chardev args failed");
    }
    return options;
  }

  private String add(OptionString options) throws QemuError {
    String backend = options.get("backend").orElse("");
    if (backend.equals("help") || backend.equals("?")) {
      return Recording.named("cli").get("-chardev help") + "\n";
    }
    chardevs.addChardev(options);
    return "";
  }

  private void change(String id, OptionString options) throws QemuError {
    if (options.id().isPresent()) {
      throw QemuError.generic("Unexpected 'id' parameter");
    }
    chardevs.changeChardev(id, options);
  }

  /** What cannot be shown is written as a number. */
  private String read(Map<String, String> arguments) throws QemuError {
    long size = Long.parseLong(arguments.getOrDefault("size", "0"));
    JsonObject wanted = device(arguments).with("size", size);
    String data = ((JsonString) machine.perform("ringbuf-read", wanted)).text();
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < data.length(); i++) {
      char c = data.charAt(i);
      if (c == '\\') {
        shown.append("\\\\");
      } else if ((c < ' ' && c != '\n' && c != '\t') || c == 0x7F) {
        shown.append(String.format(java.util.Locale.ROOT, "\\u%04X", (int) c));
      } else {
        shown.append(c);
      }
    }
    return shown.append('\n').toString();
  }
}
