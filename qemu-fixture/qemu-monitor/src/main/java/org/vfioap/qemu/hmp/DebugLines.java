package org.vfioap.qemu.hmp;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vfioap.qemu.guest.Guest;
import org.vfioap.qemu.host.Errno;
import org.vfioap.qemu.host.HostFiles;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.recording.Recording;

/**
 * What is logged, and what else people switch on and off. Source: monitor/misc.c, util/log.c and
 * block/monitor/block-hmp-cmds.c of QEMU 7.2.
 */
final class DebugLines {
  private static final Set<String> MODES = Set.of("retain", "read-only", "read-write");

  private DebugLines() {}

  /** Runs a command and returns what it prints; empty if it is none of these. */
  static Optional<String> run(Guest guest, String command, Map<String, String> arguments)
      throws QemuError {
    switch (command) {
      case "logfile" -> guest.debug().setLogFile(open(arguments.getOrDefault("filename", "")));
      case "log" -> {
        String items = arguments.getOrDefault("items", "");
        if (items.equals("all")) {
          return Optional.of("Filename template with '%d' required for 'tid'\n");
        }
        String help = LogItems.choose(items, Recording.named("probes").get("help log") + "\n");
        if (!help.isEmpty()) {
          return Optional.of(help);
        }
      }
      case "gdbserver" -> {
        String device = arguments.getOrDefault("device", "tcp::1234");
        return Optional.of(
            device.equals("none")
                ? "Disabled gdbserver\n"
                : "the emulator runs no program that gdb could look at\n"
                    + "Could not open gdbserver on device '"
                    + device
                    + "'\n");
      }
      case "commit" -> {
        boolean all = arguments.getOrDefault("device", "").equals("all");
        return all ? Optional.of("") : Optional.empty();
      }
      case "change" -> {
        String device = arguments.getOrDefault("device", "");
        if (MODES.contains(arguments.getOrDefault("read-only-mode", ""))) {
          throw QemuError.deviceNotFound(device);
        }
        return device.equals("vnc") ? Optional.of(changeDisplay(arguments)) : Optional.empty();
      }
      default -> {
        return Optional.empty();
      }
    }
    return Optional.of(guest.debug().logFile());
  }

  /** Creates a log and returns what is wrong with it; the program always traces into one. */
  private static String open(String name) {
    try {
      HostFiles.create(name, HostFiles.EVERYBODY).close();
      return "";
    } catch (IOException refused) {
      return "Error opening logfile " + name + ": " + Errno.of(refused).text() + "\n";
    }
  }

  private static String changeDisplay(Map<String, String> arguments) throws QemuError {
    String target = arguments.getOrDefault("target", "");
    if (!target.equals("passwd") && !target.equals("password")) {
      return "Expected 'password' after 'vnc'\n";
    }
    if (!arguments.containsKey("arg")) {
      return "terminal does not support password prompting\n";
    }
    throw QemuError.generic("Could not set password");
  }
}
