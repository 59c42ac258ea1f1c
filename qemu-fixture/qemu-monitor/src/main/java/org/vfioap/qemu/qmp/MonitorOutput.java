package org.vfioap.qemu.qmp;

/** Takes what a monitor writes to its client. */
public interface MonitorOutput {
  /** Writes {@code text} in UTF-8. */
  void write(String text);
}
