package org.vfioap.qemu.network;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonBool;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.QemuError;

/** A network that the process itself plays. Source: net/slirp.c (net_slirp_init) of QEMU 7.2. */
final class UserNetwork {
  private static final int LONGEST_NAME = 255;
  private static final List<String> LISTENING = List.of("hostfwd");

  private final JsonObject members;
  private long network = 0x0A000200L;
  private long mask = 0xFFFFFF00L;
  private long host = 0x0A000202L;
  private long dhcp = 0x0A00020FL;
  private long dns = 0x0A000203L;

  UserNetwork(JsonObject members) {
    this.members = members;
  }

  /** Checks the addresses and names and returns the text that shows them. */
  String describe() throws QemuError {
    checkFamilies();
    Optional<String> net = members.text("net");
    if (net.isPresent()) {
      readNetwork(net.get());
    }
    readAddresses();
    checkNames();
    for (String option : LISTENING) {
      for (JsonValue rule : list(option)) {
        ForwardingRule.check(((JsonObject) rule).text("str").orElse(""));
      }
    }
    if (members.has("smb")) {
      throw QemuError.generic("Could not find '/usr/sbin/smbd', please install it");
    }
    String restricted = isOn("restrict", false) ? "on" : "off";
    return "net=" + Ipv4.format(network) + ",restrict=" + restricted;
  }

  private List<JsonValue> list(String name) {
    return members.get(name).orElse(JsonArray.EMPTY) instanceof JsonArray array
        ? array.items()
        : List.of();
  }

  private boolean isOn(String name, boolean otherwise) {
    return members.get(name).orElse(JsonBool.of(otherwise)).equals(JsonBool.TRUE);
  }

  private void checkFamilies() throws QemuError {
    boolean four = members.has("net") || members.has("host") || members.has("dns");
    boolean six = members.has("ipv6-prefix") || members.has("ipv6-host") || members.has("ipv6-dns");
    boolean ipv4 = isOn("ipv4", !members.has("ipv6") || !isOn("ipv6", false) || four);
    boolean ipv6 = isOn("ipv6", !members.has("ipv4") || !isOn("ipv4", false) || six);
    QemuError.require(ipv4 || !four, "IPv4 disabled but netmask/host/dns provided");
    QemuError.require(ipv6 || !six, "IPv6 disabled but prefix/host6/dns6 provided");
    QemuError.require(ipv4 || ipv6, "IPv4 and IPv6 disabled");
  }

  private void readNetwork(String text) throws QemuError {
    int slash = text.indexOf('/');
    String failed = "Failed to parse netmask";
    OptionalLong address = Ipv4.parse(slash < 0 ? text : text.substring(0, slash));
    QemuError.require(address.isPresent(), failed);
    mask = slash < 0 ? Ipv4.usualMask(address.getAsLong()) : readMask(text.substring(slash + 1));
    network = address.getAsLong() & mask;
    host = network | (0x0202 & ~mask);
    dhcp = network | (0x020F & ~mask);
    dns = network | (0x0203 & ~mask);
  }

  private static long readMask(String text) throws QemuError {
    if (!text.matches("-?\\d{0,9}")) {
      OptionalLong dotted = Ipv4.parse(text);
      QemuError.require(dotted.isPresent(), "Failed to parse netmask (trailing chars)");
      return dotted.getAsLong();
    }
    int bits = text.matches("-?") ? 0 : Integer.parseInt(text);
    QemuError.require(bits >= 4 && bits <= 32, "Invalid netmask provided (must be in range 4-32)");
    return Ipv4.mask(bits);
  }

  private void readAddresses() throws QemuError {
    host = address("host", host, "host");
    QemuError.require((host & mask) == network, "Host doesn't belong to network");
    dns = address("dns", dns, "DNS");
    boolean inside = !isOn("restrict", false) || (dns & mask) == network;
    QemuError.require(inside, "DNS doesn't belong to network");
    QemuError.require(dns != host, "DNS must be different from host");
    dhcp = address("dhcpstart", dhcp, "DHCP start address");
    QemuError.require((dhcp & mask) == network, "DHCP doesn't belong to network");
    QemuError.require(dhcp != host && dhcp != dns, "DHCP must be different from host and DNS");
    for (String part : List.of("prefix", "host", "dns")) {
      String text = members.text("ipv6-" + part).orElse("::");
      String what = part.equals("dns") ? "DNS" : part;
      QemuError.require(
          text.matches("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*"), "Failed to parse IPv6 " + what);
    }
  }

  private long address(String name, long otherwise, String what) throws QemuError {
    Optional<String> text = members.text(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    OptionalLong address = Ipv4.parse(text.get());
    QemuError.require(address.isPresent(), "Failed to parse " + what);
    return address.getAsLong();
  }

  private void checkNames() throws QemuError {
    String domain = members.text("domainname").orElse("x");
    QemuError.require(!domain.isEmpty(), "'domainname' parameter cannot be empty");
    QemuError.require(
        domain.length() <= LONGEST_NAME, "'domainname' parameter cannot exceed 255 bytes");
    boolean fits = members.text("hostname").orElse("").length() <= LONGEST_NAME;
    QemuError.require(fits, "'vhostname' parameter cannot exceed 255 bytes");
    fits = members.text("tftp-server-name").orElse("").length() <= LONGEST_NAME;
    QemuError.require(fits, "'tftp-server-name' parameter cannot exceed 255 bytes");
  }
}
