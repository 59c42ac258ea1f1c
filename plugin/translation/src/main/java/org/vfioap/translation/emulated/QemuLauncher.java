package org.vfioap.translation.emulated;

import java.util.List;

/** Starts the QEMU of a guest on the emulated host. */
public interface QemuLauncher {

  /** A QEMU that runs; closing ends it. */
  interface Qemu extends AutoCloseable {
    /**
     * Executes a QMP command.
     *
     * @return the reply: an object with {@code return} or {@code error}
     */
    String execute(String command);

    @Override
    void close();
  }

  /**
   * Starts one.
   *
   * @param guest its name
   * @param arguments its command line, without a monitor
   * @throws QemuEnded if it says something and ends
   */
  Qemu start(String guest, List<String> arguments) throws QemuEnded;
}
