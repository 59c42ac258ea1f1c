package org.vfioap.qemu.guest;

/** A character device as the object tree shows it. */
public interface GuestChardev {
  /** Returns its identifier. */
  String label();

  /** Returns its object as recordings describe objects. */
  String objectText();
}
