package org.vfioap.sysfs;

import java.util.Optional;
import org.vfioap.kernel.KernelRefusal;

/**
 * What a test does around the reads and writes of files that were opened by their path.
 *
 * <p>Paths have no links in them, {@code /sys/devices/vfio_ap/matrix/UUID/assign_domain}. Methods
 * are called in the thread that reads or writes, without the kernel's lock; so they may use the
 * machine, and may wait.
 */
public interface FileHook {
  /** Nothing is done. */
  FileHook NONE = new FileHook() {};

  /**
   * A file is about to be read.
   *
   * @throws KernelRefusal to refuse instead
   */
  default void beforeRead(String path) {}

  /**
   * A write is about to reach the file; it was opened before.
   *
   * @throws KernelRefusal to refuse instead
   */
  default void beforeWrite(String path, String text) {}

  /**
   * A write is over.
   *
   * @param refusal how it was refused; empty if it was taken
   * @throws KernelRefusal to tell the writer so nevertheless
   */
  default void afterWrite(String path, String text, Optional<KernelRefusal> refusal) {}
}
