package org.vfioap.translation.emulated;

/** QEMU ended before it had a monitor. The message is what it printed. */
public final class QemuEnded extends Exception {
  private static final long serialVersionUID = 1L;

  /** Creates it with what QEMU printed. */
  public QemuEnded(String printed) {
    super(printed);
  }
}
