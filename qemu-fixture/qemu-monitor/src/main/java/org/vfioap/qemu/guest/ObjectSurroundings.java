package org.vfioap.qemu.guest;

/** What objects of users can refer to. */
public interface ObjectSurroundings {

  /** Says whether there is a character device of that identifier. */
  boolean hasChardev(String id);

  /** Says whether there is a network backend of that identifier. */
  boolean hasNetdev(String id);

  /** Says whether there is a secret of that identifier. */
  boolean hasSecret(String id);
}
