package org.vfioap.qemu.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.vfioap.qemu.host.Errno;
import org.vfioap.qemu.host.HostFiles;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qapi.Refusals;

/**
 * What the back ends of networks refuse, and how {@code info network} shows those that come to be.
 * Source: net/net.c, net/tap.c, net/socket.c, net/hub.c and the others of net/ of QEMU 7.2, and
 * measured.
 */
public final class BackendRules {
  private static final List<String> WAYS = List.of("fd", "listen", "connect", "mcast", "udp");
  private static final List<String> DEVICE =
      List.of("ifname", "script", "downscript", "vnet_hdr", "helper", "queues", "fds", "vhostfds");
  private static final String ACL = "/etc/qemu/bridge.conf";

  private final JsonObject members;
  private final BackendHost host;

  private BackendRules(JsonObject members, BackendHost host) {
    this.members = members;
    this.host = host;
  }

  /**
   * Checks a back end whose members fit the schema.
   *
   * @return the text that describes it
   * @throws QemuError if it cannot come to be
   */
  public static String check(JsonObject members, BackendHost host) throws QemuError {
    return new BackendRules(members, host).check();
  }

  private String check() throws QemuError {
    String type = text("type");
    switch (type) {
      case "user" -> {
        return new UserNetwork(members).describe();
      }
      case "socket" -> checkSocket();
      case "tap" -> {
        return tap();
      }
      case "hubport" -> checkPeer();
      case "bridge" -> throw bridge();
      case "vde" -> throw QemuError.generic("Could not open vde: " + Errno.ENOENT.text());
      case "l2tpv3" ->
          throw QemuError.generic("could not resolve src, errno = Name or service not known");
      case "nic", "none", "netmap" ->
          throw QemuError.generic(
              "network backend '" + type + "' is not compiled into this binary");
      case "vhost-user" -> throw vhostUser();
      case "vhost-vdpa" -> throw vhostVdpa();
      case "stream" -> {
        return "connection error";
      }
      case "dgram" -> checkDatagrams();
      default -> {}
    }
    return "";
  }

  private String text(String name) {
    return members.text(name).orElse("");
  }

  private void checkSocket() throws QemuError {
    long given = WAYS.stream().filter(members::has).count();
    QemuError.require(given == 1, "exactly one of listen=, connect=, mcast= or udp= is required");
    boolean datagrams = members.has("mcast") || members.has("udp");
    QemuError.require(
        !members.has("localaddr") || datagrams, "localaddr= is only valid with mcast= or udp=");
    if (members.has("fd")) {
      open(text("fd"));
    }
    for (String way : WAYS.subList(1, WAYS.size())) {
      String address = text(way);
      QemuError.require(
          !members.has(way) || address.indexOf(':') >= 0,
          "host address '" + address + "' doesn't contain ':' separating host from port");
    }
    QemuError.require(
        !members.has("udp") || members.has("localaddr"), "localaddr= is mandatory with udp=");
  }

  private int open(String text) throws QemuError {
    int number = host.descriptor(text);
    Path descriptor = Path.of("/proc/self/fd/" + number);
    QemuError.require(
        Files.exists(descriptor, LinkOption.NOFOLLOW_LINKS),
        text("id") + ": Can't use file descriptor " + number + ": Bad file descriptor");
    return number;
  }

  private String tap() throws QemuError {
    if (members.has("fd")) {
      String invalid = "ifname=, script=, downscript=, vnet_hdr=, helper=, queues=, fds=, ";
      QemuError.require(
          DEVICE.stream().noneMatch(members::has), invalid + "and vhostfds= are invalid with fd=");
      return "fd=" + openTap(text("fd"));
    }
    if (members.has("helper")) {
      throw bridge();
    }
    return "ifname=%s,script=%s,downscript=%s"
        .formatted(
            members.text("ifname").orElse("tap0"),
            members.text("script").orElse("/etc/qemu-ifup"),
            members.text("downscript").orElse("/etc/qemu-ifdown"));
  }

  private int openTap(String text) throws QemuError {
    int number = open(text);
    try {
      if (Files.readSymbolicLink(Path.of("/proc/self/fd/" + number)).endsWith("net/tun")) {
        return number;
      }
    } catch (IOException closed) {
      throw QemuError.generic(
          "Unable to query TUNGETIFF on FD " + number + ": Bad file descriptor");
    }
    throw QemuError.generic(
        "Unable to query TUNGETIFF on FD " + number + ": Inappropriate ioctl for device");
  }

  private void checkPeer() throws QemuError {
    Optional<String> peer = members.text("netdev");
    QemuError.require(
        peer.isEmpty() || host.hasNetdev(peer.get()), "netdev '" + peer.orElse("") + "' not found");
  }

  /** The helper itself complains before QEMU does. */
  private QemuError bridge() {
    if (!members.has("helper") && !Files.exists(Path.of(ACL))) {
      host.print("failed to parse default acl file `" + ACL + "'\n");
    }
    return QemuError.generic("bridge helper failed");
  }

  private QemuError vhostUser() {
    String chardev = text("chardev");
    return QemuError.generic(
        host.hasChardev(chardev)
            ? "chardev \"" + chardev + "\" is not reconnectable"
            : "chardev \"" + chardev + "\" not found");
  }

  private QemuError vhostVdpa() {
    Optional<String> device = members.text("vhostdev");
    if (device.isEmpty()) {
      return QemuError.generic("vhost-vdpa: neither vhostdev= nor vhostfd= was specified");
    }
    Errno why = HostFiles.unreadable(device.get()).orElse(Errno.ENOENT);
    return Refusals.unopened(device.get(), why);
  }

  private void checkDatagrams() throws QemuError {
    QemuError.require(
        members.has("local") || members.has("remote"), "dgram requires local= parameter");
    QemuError.require(members.has("remote"), "type=inet or type=unix requires remote parameter");
  }
}
