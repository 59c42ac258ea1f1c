package org.vfioap.qemu.process;

import java.util.Map;
import java.util.Set;
import org.vfioap.qemu.options.OptionString;

/**
 * The keys that options with a list of values know, and which of them are switches. Source: the
 * QemuOptsList tables of softmmu/vl.c, monitor/monitor.c and chardev/char.c of QEMU 7.2.
 */
final class OptionKeys {
  private static final Set<String> SWITCH_VALUES =
      Set.of("on", "off", "yes", "no", "true", "false", "y", "n");

  private static final Map<String, String> SWITCHES =
      Map.of(
          "msg", "timestamp guest-name",
          "overcommit", "mem-lock cpu-pm",
          "sandbox", "enable",
          "name", "debug-threads",
          "mon", "pretty",
          "chardev",
              "ipv4 ipv6 wait server delay nodelay telnet tn3270 websocket mux signal append"
                  + " logappend mouse clipboard abstract tight");

  private static final Map<String, String> OTHERS =
      Map.of(
          "sandbox", "obsolete elevateprivileges spawn resourcecontrol",
          "name", "guest process",
          "rtc", "base clock driftfix",
          "mon", "mode chardev",
          "chardev",
              "backend path host port fd localaddr localport to reconnect tls-creds tls-authz width"
                  + " height cols rows name debug size chardev logfile");

  private final CommandLine line;

  OptionKeys(CommandLine line) {
    this.line = line;
  }

  /** Refuses the first key of {@code options} that is unknown, or a switch of another value. */
  void check(CommandLine.Option option, String table, OptionString options) throws Exit {
    Set<String> switches = words(SWITCHES, table);
    Set<String> others = words(OTHERS, table);
    for (Map.Entry<String, String> each : options.values().entrySet()) {
      String key = each.getKey();
      if (switches.contains(key)) {
        checkSwitch(option, key, each.getValue());
      } else if (!others.contains(key)) {
        throw failure(option, "Invalid parameter '" + key + "'");
      }
    }
  }

  /** Says whether {@code value} is what a switch can be. */
  static boolean isSwitch(String value) {
    return SWITCH_VALUES.contains(value);
  }

  private static Set<String> words(Map<String, String> tables, String table) {
    return Set.of(tables.getOrDefault(table, "").split(" ", -1));
  }

  private void checkSwitch(CommandLine.Option option, String key, String value) throws Exit {
    if (!isSwitch(value)) {
      throw failure(option, "Parameter '" + key + "' expects 'on' or 'off'");
    }
  }

  private Exit failure(CommandLine.Option option, String text) {
    return line.failure(option.location() + ": " + text + "\n");
  }
}
