package org.vfioap.machine;

/**
 * A guest that uses an mdev.
 *
 * @param name how people call it
 * @param mdev the UUID of the mdev
 */
record GuestDescription(String name, String mdev) {}
