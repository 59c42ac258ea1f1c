package org.vfioap.qemu.qmp;

/** Takes what a monitor writes to its client. */
public interface MonitorOutput {
  /** Writes bytes as they are. */
  void writeBytes(byte[] bytes);
}
