package org.vfioap.uevent;

import java.nio.file.Path;

/**
 * Tells whether a udevd runs in a network namespace: somebody listens on its control socket. The
 * file alone says nothing, since libudev wants to see it and a killed udevd leaves it.
 *
 * <p>Source: systemd 252 src/udev/udev-ctrl.c; Linux net/unix/af_unix.c, unix_seq_show, for
 * /proc/net/unix.
 */
final class Udevd implements AutoCloseable {
  /** Where udevd listens. */
  static final Path CONTROL = Path.of("/run/udev/control");

  private static final int FLAGS = 3;
  private static final String LISTENS = "00010000";
  private static final int PATH = 7;

  private final NetTable sockets;
  private final String control;

  private Udevd(NetTable sockets, Path control) {
    this.sockets = sockets;
    this.control = control.toString();
  }

  /** Looks in the network namespace of the calling thread. */
  static Udevd at(Path control) {
    return new Udevd(NetTable.open("unix"), control);
  }

  /** Tells whether it runs now. */
  boolean runs() {
    return sockets.rows(control).anyMatch(this::isControl);
  }

  private boolean isControl(String[] columns) {
    return columns.length > PATH && columns[PATH].equals(control) && columns[FLAGS].equals(LISTENS);
  }

  @Override
  public void close() {
    sockets.close();
  }
}
