package org.vfioap.qemu.hmp;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.vfioap.qemu.guest.Guest;
import org.vfioap.qemu.qdev.Device;
import org.vfioap.qemu.qom.QomObject;

/**
 * Finds what a half-typed line could go on with. Source: monitor/hmp.c and monitor/misc.c of QEMU
 * 7.2.
 */
final class Completer {
  private final Guest guest;
  private final CommandTable commands;
  private final CommandTable information;

  Completer(Guest guest, CommandTable commands, CommandTable information) {
    this.guest = guest;
    this.commands = commands;
    this.information = information;
  }

  Completion complete(String before) {
    List<String> words = Arrays.asList(before.stripLeading().split("\\s+", -1));
    String last = words.get(words.size() - 1);
    if (words.size() == 1) {
      return Completion.of(last, commands.names());
    }
    return Completion.of(last, candidates(words.get(0), words.size()));
  }

  private Stream<String> candidates(String command, int count) {
    if (count > 2 && !command.equals("help")) {
      return Stream.empty();
    }
    return switch (command) {
      case "info" -> information.names();
      case "help", "?" -> count > 2 ? information.names() : commands.names();
      case "device_del" -> peripherals();
      case "device_add" -> guest.creatableModels().stream();
      case "object_del" -> objects();
      default -> Stream.empty();
    };
  }

  private Stream<String> peripherals() {
    return guest.board().devices().stream().map(Device::id).filter(id -> !id.isEmpty());
  }

  private Stream<String> objects() {
    return guest.board().at("/objects").stream()
        .flatMap(parent -> parent.children().stream())
        .map(QomObject::name);
  }
}
