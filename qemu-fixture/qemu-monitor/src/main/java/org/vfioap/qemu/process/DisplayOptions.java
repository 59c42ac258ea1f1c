package org.vfioap.qemu.process;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.vfioap.qemu.display.VncServers;
import org.vfioap.qemu.guest.Guest;
import org.vfioap.qemu.options.OptionList;
import org.vfioap.qemu.options.OptionLists;
import org.vfioap.qemu.options.OptionString;
import org.vfioap.qemu.qapi.QemuError;

/**
 * Opens the remote displays that the command line wants: {@code -vnc} and {@code -display vnc=…}.
 * Source: qemu_init_displays in softmmu/vl.c and vnc_parse in ui/vnc.c of QEMU 7.2.
 */
final class DisplayOptions {
  private static final String VNC = "vnc";
  private static final String AS_DISPLAY = "vnc=";

  private final CommandLine line;
  private final Guest guest;
  private final Console console;
  private final List<UserObject> objects;

  DisplayOptions(CommandLine line, Guest guest, Console console, List<UserObject> objects) {
    this.line = line;
    this.guest = guest;
    this.console = console;
    this.objects = objects;
  }

  void open() throws Exit {
    VncServers servers =
        new VncServers(
            new VncServers.Surroundings(
                id -> UserObject.isAmong(objects, id, "secret"),
                this::hasScreen,
                this::hasSound,
                text -> console.say(text + "\n")));
    List<CommandLine.Option> wanted =
        line.options().stream().filter(CommandLine.Option::isVnc).toList();
    Set<String> ids = givenIds(wanted);
    guest.show(servers);
    for (CommandLine.Option each : wanted) {
      open(servers, each, ids);
    }
    servers.serve();
  }

  private static OptionString read(CommandLine.Option option) {
    String text = option.value();
    boolean asDisplay = !option.name().equals(VNC);
    return OptionString.parse(asDisplay ? text.substring(AS_DISPLAY.length()) : text, VNC);
  }

  private static Set<String> givenIds(List<CommandLine.Option> wanted) {
    Set<String> ids = new HashSet<>();
    wanted.forEach(each -> read(each).id().ifPresent(ids::add));
    return ids;
  }

  private void open(VncServers servers, CommandLine.Option option, Set<String> ids) throws Exit {
    OptionString options = read(option);
    try {
      OptionList list = OptionLists.get(VNC);
      for (OptionString.Entry each : options.entries()) {
        list.checkValue(each.key(), each.value());
      }
      servers.open(options.id().orElseGet(() -> freeId(ids)), options);
    } catch (QemuError refused) {
      guest.close();
      throw Exit.failing(
          guest.configuration().program()
              + ": "
              + option.location()
              + ": "
              + refused.text()
              + "\n"
              + refused.hint());
    }
  }

  /** The first one is {@code default}, others are counted. */
  private static String freeId(Set<String> ids) {
    String id = "default";
    for (int number = 2; !ids.add(id); number++) {
      id = "vnc" + number;
    }
    return id;
  }

  private boolean hasScreen(String id) {
    return guest.board().devices().stream()
        .anyMatch(each -> each.id().equals(id) && each.model().contains("gpu"));
  }

  private boolean hasSound(String id) {
    List<String> sounds = new ArrayList<>();
    line.values("audiodev").forEach(each -> sounds.add("," + each + ","));
    return sounds.stream().anyMatch(each -> each.contains(",id=" + id + ","));
  }
}
