package org.vfioap.qemu.vfio;

/** An open group file; closing it lets go of the device. */
public interface VfioGroup extends AutoCloseable {
  /**
   * Performs one step.
   *
   * @param device the mediated device's name, the last element of its path
   * @throws HostRefusal if the host refuses it
   */
  void perform(VfioStep step, String device) throws HostRefusal;

  @Override
  void close();
}
