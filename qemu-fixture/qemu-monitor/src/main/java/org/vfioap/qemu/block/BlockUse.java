package org.vfioap.qemu.block;

import org.vfioap.qemu.qapi.QemuError;

/** One user of a node. Source: BdrvChild and bdrv_a_allow_b in block.c of QEMU 7.2. */
final class BlockUse {
  private final String user;
  private final String role;
  private final int wanted;
  private final int shared;

  /**
   * A use.
   *
   * @param user who it is, in the words of messages
   * @param role what the node is to the user: {@code root} of a device, {@code file} of a node
   * @param wanted the permissions that the user needs
   * @param shared the permissions that others may have meanwhile
   */
  BlockUse(String user, String role, int wanted, int shared) {
    this.user = user;
    this.role = role;
    this.wanted = wanted;
    this.shared = shared;
  }

  /** A use whose permissions are not known yet. */
  static BlockUse idle(String user, String role) {
    return new BlockUse(user, role, Permissions.NONE, Permissions.ALL);
  }

  String role() {
    return role;
  }

  int wanted() {
    return wanted;
  }

  int shared() {
    return shared;
  }

  BlockUse with(int newWanted, int newShared) {
    return new BlockUse(user, role, newWanted, newShared);
  }

  /**
   * Checks that {@code other} does only what this user lets others do.
   *
   * @throws QemuError if it does more
   */
  void checkAllows(BlockUse other, String node) throws QemuError {
    int conflict = other.wanted & ~shared;
    if (conflict != 0) {
      throw QemuError.generic(
          "Permission conflict on node '"
              + node
              + "': permissions '"
              + Permissions.names(conflict)
              + "' are both required by "
              + other.described(node)
              + " and unshared by "
              + described(node)
              + ".");
    }
  }

  private String described(String node) {
    return user + " (uses node '" + node + "' as '" + role + "' child)";
  }
}
