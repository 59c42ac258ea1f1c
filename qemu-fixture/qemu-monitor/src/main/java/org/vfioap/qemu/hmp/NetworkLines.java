package org.vfioap.qemu.hmp;

import java.util.Map;
import java.util.Optional;
import org.vfioap.qemu.guest.Guest;
import org.vfioap.qemu.guest.NetworkHost;
import org.vfioap.qemu.network.ForwardingRule;
import org.vfioap.qemu.options.OptionString;
import org.vfioap.qemu.options.OptionsReader;
import org.vfioap.qemu.qapi.CommandSchema;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.recording.Recording;

/** Networks as people handle them. Source: net/net-hmp-cmds.c and net/slirp.c of QEMU 7.2. */
final class NetworkLines {
  private final Guest guest;

  NetworkLines(Guest guest) {
    this.guest = guest;
  }

  /** Runs a command and returns what it prints; empty if it is none of these. */
  Optional<String> run(String command, Map<String, String> arguments) throws QemuError {
    switch (command) {
      case "netdev_add" -> {
        return Optional.of(add(arguments.getOrDefault("netdev", "")));
      }
      case "netdev_del" -> guest.networks().delete(arguments.getOrDefault("id", ""));
      case "set_link" -> guest.networks().check(arguments.getOrDefault("name", ""));
      case "hostfwd_add", "hostfwd_remove" -> {
        return Optional.of(forward(command, arguments));
      }
      default -> {
        return Optional.empty();
      }
    }
    return Optional.of("");
  }

  private String add(String text) throws QemuError {
    OptionString options = OptionString.parse(text, "type");
    String type = options.get("type").orElse("");
    if (type.equals("help") || type.equals("?")) {
      return Recording.named("cli").get("-netdev help") + "\n";
    }
    guest
        .networks()
        .add(
            OptionsReader.read(CommandSchema.recorded(), "netdev_add", options),
            NetworkHost.of(guest),
            true);
    return "";
  }

  private String forward(String command, Map<String, String> arguments) {
    String first = arguments.getOrDefault("arg1", "");
    Optional<String> second = Optional.ofNullable(arguments.get("arg2"));
    Optional<String> complaint = guest.networks().userRefusal(second.map(rule -> first));
    if (complaint.isPresent()) {
      return complaint.get() + "\n";
    }
    String rule = second.orElse(first);
    if (command.equals("hostfwd_remove")) {
      return "host forwarding rule for " + rule + " not found\n";
    }
    try {
      ForwardingRule.check(rule);
      return "";
    } catch (QemuError malformed) {
      return malformed.text() + "\n";
    }
  }
}
