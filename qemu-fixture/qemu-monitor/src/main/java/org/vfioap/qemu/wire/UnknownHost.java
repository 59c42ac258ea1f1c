package org.vfioap.qemu.wire;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Says why a host's name has no address. Source: util/qemu-sockets.c of QEMU 7.2. */
public final class UnknownHost {
  /** What getaddrinfo(3) of glibc says beside that there is no such name. */
  private static final List<String> REASONS =
      List.of("Temporary failure in name resolution", "No address associated with hostname");

  private UnknownHost() {}

  /** Returns the reason that the C library gives, which QEMU repeats. */
  public static String reason(String host) {
    String unknown = "Name or service not known";
    try {
      InetAddress.getByName(host);
      return unknown;
    } catch (UnknownHostException e) {
      String text = String.valueOf(e.getMessage());
      return REASONS.stream().filter(text::endsWith).findFirst().orElse(unknown);
    }
  }
}
