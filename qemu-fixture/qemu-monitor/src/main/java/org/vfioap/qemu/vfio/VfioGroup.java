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

  /** Returns how many interrupts the kernel offers for the device. */
  default int interrupts() {
    return 0;
  }

  /**
   * Does something about an interrupt of the device.
   *
   * @param index 0 for requests to let go of the device, 1 for changes of its configuration
   * @throws HostRefusal if the host refuses it
   */
  default void interrupt(InterruptStep step, int index) throws HostRefusal {}

  /**
   * Registers what is to happen when the kernel wants the device back; it is called in any thread.
   */
  default void onRequest(Runnable listener) {}

  @Override
  void close();
}
