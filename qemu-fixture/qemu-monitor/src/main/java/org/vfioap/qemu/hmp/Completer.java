package org.vfioap.qemu.hmp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.vfioap.qemu.guest.Guest;
import org.vfioap.qemu.guest.GuestChardev;
import org.vfioap.qemu.qapi.CommandSchema;
import org.vfioap.qemu.qdev.Device;
import org.vfioap.qemu.qom.QomObject;
import org.vfioap.qemu.recording.Recording;

/**
 * Finds what a half-typed line could go on with. Source: monitor/hmp.c and monitor/misc.c of QEMU
 * 7.2.
 */
final class Completer {
  private static final List<String> NETWORKS =
      List.of(
          "bridge",
          "dgram",
          "hubport",
          "l2tpv3",
          "netmap",
          "nic",
          "none",
          "socket",
          "stream",
          "tap",
          "user",
          "vde",
          "vhost-user",
          "vhost-vdpa");

  private static final int MOST_WORDS = 16;

  private final Guest guest;
  private final CommandTable commands;
  private final CommandTable information;

  Completer(Guest guest, CommandTable commands, CommandTable information) {
    this.guest = guest;
    this.commands = commands;
    this.information = information;
  }

  Completion complete(String before) {
    List<String> words = words(before, guest::say);
    if (words.isEmpty()) {
      return Completion.of("", Stream.empty());
    }
    String last = words.get(words.size() - 1);
    if (words.size() == 1) {
      return Completion.of(last, commands.names());
    }
    if (words.get(0).equals("sendkey") && words.size() == 2) {
      last = last.substring(last.lastIndexOf('-') + 1);
    }
    return takesFile(words)
        ? Completion.of(last, FileNames.startingWith(last))
        : Completion.of(last, candidates(words.get(0), words.size()));
  }

  /** Splits as for execution; a space at the end starts an empty word. None if that is refused. */
  private static List<String> words(String before, Consumer<String> complaints) {
    TextCursor text = new TextCursor(before, complaints);
    List<String> words = new ArrayList<>();
    try {
      for (text.skipSpaces(); !text.atEnd(); text.skipSpaces()) {
        words.add(text.word());
      }
    } catch (HumanRefusal refused) {
      return List.of();
    }
    boolean next = words.isEmpty() || Character.isWhitespace(before.charAt(before.length() - 1));
    if (next) {
      words.add("");
    }
    return words.size() > MOST_WORDS ? List.of() : words;
  }

  private boolean takesFile(List<String> words) {
    List<String> types = commands.find(words.get(0)).map(Completer::types).orElse(List.of());
    int index = words.size() - 2;
    while (index < types.size() && types.get(index).startsWith("-")) {
      index++;
    }
    return index < types.size() && types.get(index).startsWith("F");
  }

  private static List<String> types(CommandTable.CommandEntry entry) {
    return Arrays.stream(entry.types().split(",", -1))
        .map(type -> type.substring(type.indexOf(':') + 1))
        .toList();
  }

  private Stream<String> candidates(String command, int count) {
    return switch (count) {
      case 2 -> first(command);
      case 3 -> second(command);
      default -> Stream.empty();
    };
  }

  private Stream<String> first(String command) {
    return switch (command) {
      case "info" -> information.names();
      case "help", "?" -> commands.names();
      case "device_del" -> peripherals();
      case "device_add" ->
          guest.creatableModels().stream().filter(model -> !guest.modules().isAbsent(model));
      case "object_del" -> objects();
      case "object_add" -> listed("-object help", 2);
      case "chardev-add" -> listed("-chardev help", 2);
      case "chardev-remove", "chardev-send-break" -> labels();
      case "netdev_add" -> NETWORKS.stream();
      case "netdev_del" -> guest.networks().names(true).stream();
      case "set_link" -> guest.networks().names(false).stream();
      case "ringbuf_read", "ringbuf_write" -> rings();
      case "sendkey" -> words("unmapped");
      case "migrate_set_capability" -> words("xbzrle");
      case "migrate_set_parameter" ->
          CommandSchema.recorded().arguments("migrate-set-parameters").stream();
      case "watchdog_action" -> words("reset shutdown poweroff");
      default -> Stream.empty();
    };
  }

  private Stream<String> second(String command) {
    return switch (command) {
      case "help", "?" -> information.names();
      case "migrate_set_capability", "set_link", "trace-event" -> Stream.of("on", "off");
      default -> Stream.empty();
    };
  }

  private static Stream<String> words(String first) {
    return CommandSchema.recorded().words(first).stream();
  }

  private static Stream<String> listed(String help, int indent) {
    return Recording.named("cli").lines(help).stream()
        .filter(line -> line.startsWith(" ".repeat(indent)))
        .map(String::strip);
  }

  private Stream<String> labels() {
    return guest.chardevs().stream().map(GuestChardev::label);
  }

  private Stream<String> rings() {
    return guest.chardevs().stream()
        .filter(each -> each.objectText().startsWith("chardev-ringbuf"))
        .map(GuestChardev::label);
  }

  private Stream<String> peripherals() {
    return guest.board().devices().stream().map(Device::id).filter(id -> !id.isEmpty());
  }

  private Stream<String> objects() {
    return guest.board().userObjects().children().stream().map(QomObject::name);
  }
}
