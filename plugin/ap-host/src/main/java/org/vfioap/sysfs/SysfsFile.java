package org.vfioap.sysfs;

/**
 * A regular file of the tree.
 *
 * <p>{@link #show} and {@link #store} are what the kernel's attribute functions are; offsets, page
 * limits and access modes are the business of {@link OpenFile}.
 */
public non-sealed interface SysfsFile extends SysfsNode {
  /** Returns the permission bits, 0444, 0644 or 0200 mostly. */
  int mode();

  /**
   * Returns the whole content, bytes as characters (ISO 8859-1).
   *
   * @throws org.vfioap.kernel.KernelRefusal if the attribute refuses, or ENODEV if its device is
   *     gone
   */
  String show();

  /**
   * Acts on one write, bytes as characters, already cut at a zero byte.
   *
   * @throws org.vfioap.kernel.KernelRefusal if the attribute refuses, or ENODEV if its device is
   *     gone; then nothing has changed
   */
  void store(String text);

  /**
   * Does nothing if the file could still be shown or stored.
   *
   * @throws org.vfioap.kernel.KernelRefusal ENODEV if its device is gone
   */
  default void checkAlive() {}
}
