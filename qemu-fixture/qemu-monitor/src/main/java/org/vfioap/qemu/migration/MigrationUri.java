package org.vfioap.qemu.migration;

import org.vfioap.qemu.qapi.QemuError;

/**
 * Where a stream goes or comes from. Source: migration/migration.c and util/qemu-sockets.c of QEMU
 * 7.2, and measured.
 *
 * @param kind the protocol
 * @param rest what follows the first colon
 */
record MigrationUri(Kind kind, String rest) {

  /** The protocols. */
  enum Kind {
    TCP,
    UNIX,
    VSOCK,
    EXEC,
    FD,
    RDMA,
    UNKNOWN
  }

  static MigrationUri parse(String text) {
    int colon = text.indexOf(':');
    String name = colon < 0 ? "" : text.substring(0, colon);
    Kind kind =
        switch (name) {
          case "tcp" -> Kind.TCP;
          case "unix" -> Kind.UNIX;
          case "vsock" -> Kind.VSOCK;
          case "exec" -> Kind.EXEC;
          case "fd" -> Kind.FD;
          case "rdma" -> Kind.RDMA;
          default -> Kind.UNKNOWN;
        };
    return new MigrationUri(kind, text.substring(colon + 1));
  }

  /** Refuses an address that cannot be read. */
  void check() throws QemuError {
    if (kind == Kind.UNIX && rest.isEmpty()) {
      throw QemuError.generic("invalid Unix socket address");
    }
    if ((kind == Kind.TCP || kind == Kind.VSOCK) && rest.indexOf(':') < 0) {
      throw QemuError.generic("error parsing address '" + rest + "'");
    }
  }

  /**
   * Returns what RDMA says about its address on a host without RDMA devices. Source:
   * migration/rdma.c.
   *
   * @param without what it then lacks
   */
  String rdmaRefusal(String without) {
    int colon = rest.indexOf(':');
    if (colon < 0) {
      return "RDMA ERROR: bad RDMA migration address '" + rest + "'";
    }
    return "RDMA ERROR: " + (colon == 0 ? "RDMA hostname has not been set" : without);
  }

  /** Returns the host of a TCP address, without brackets. */
  String host() {
    String host = rest.substring(0, rest.lastIndexOf(':'));
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  /** Returns the port of a TCP address as written, without options. */
  String port() {
    return rest.substring(rest.lastIndexOf(':') + 1).replaceFirst(",.*", "");
  }
}
