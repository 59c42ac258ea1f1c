package org.vfioap.qemu.network;

import java.util.OptionalLong;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.scalar.Numbers;

/**
 * A rule {@code [tcp|udp]:[HOST]:PORT-[GUEST]:PORT}. Nothing listens; only its form is looked at.
 * Source: net/slirp.c (slirp_hostfwd) of QEMU 7.2.
 */
public final class ForwardingRule {
  private static final int LARGEST_PORT = 65535;

  private final String rule;
  private String rest;

  private ForwardingRule(String rule) {
    this.rule = rule;
    this.rest = rule;
  }

  /**
   * Checks a rule.
   *
   * @throws QemuError if QEMU cannot read it
   */
  public static void check(String rule) throws QemuError {
    new ForwardingRule(rule).check();
  }

  private void check() throws QemuError {
    String protocol = upTo(':', "No : separators");
    require(protocol.matches("tcp|udp|"), "Bad protocol name");
    String host = upTo(':', "Missing : separator");
    require(host.isEmpty() || Ipv4.parse(host).isPresent(), "Bad host address");
    String port = upTo('-', "Bad host port separator");
    require(isPort(port, 0), "Bad host port");
    String guest = upTo(':', "Missing guest address");
    require(guest.isEmpty() || Ipv4.parse(guest).isPresent(), "Bad guest address");
    require(isPort(rest, 1), "Bad guest port");
  }

  private String upTo(char end, String otherwise) throws QemuError {
    int at = rest.indexOf(end);
    require(at >= 0, otherwise);
    String part = rest.substring(0, at);
    rest = rest.substring(at + 1);
    return part;
  }

  private static boolean isPort(String text, int least) {
    OptionalLong port = Numbers.integer(text);
    return port.isPresent() && port.getAsLong() >= least && port.getAsLong() <= LARGEST_PORT;
  }

  private void require(boolean fits, String why) throws QemuError {
    if (!fits) {
      throw QemuError.generic("Invalid host forwarding rule '" + rule + "' (" + why + ")");
    }
  }
}
