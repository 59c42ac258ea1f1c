package org.vfioap.qemu.block;

import java.util.Optional;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.qapi.QemuError;

/** What is behind a node: how its driver finds and shows the data. */
interface NodeImage extends AutoCloseable {
  long SECTOR = 512;

  /** Returns the name of the driver. */
  String driver();

  /** Returns how large the guest sees it, in bytes. */
  long size();

  /** Returns the bytes that it takes on the host. */
  long allocated();

  /** Returns the short name, unless only all options say what it is. */
  Optional<String> filename();

  /** Returns the options that say what it is. */
  JsonObject identity();

  /** Adds what only this driver tells to {@code image}. */
  default void describe(JsonObject image) {}

  /** Adds what only this driver counts to an element of {@code query-blockstats}. */
  default void count(JsonObject statistics) {}

  /** Returns what the driver does with the node below, for its own users' permissions. */
  default BlockUse below(BlockUse use, int wanted, int shared, boolean writes) {
    return use.with(wanted, shared);
  }

  /**
   * Takes the permissions that all users of the node need and share.
   *
   * @throws QemuError if another process, or another node of the same file, is in the way
   */
  default void permit(int wanted, int shared) throws QemuError {}

  /**
   * Makes it larger or smaller.
   *
   * @throws QemuError if the driver cannot or the host refuses
   */
  default void resize(long size) throws QemuError {
    throw QemuError.generic("Image format driver does not support resize");
  }

  @Override
  default void close() {}

  /** Returns the next multiple of a sector: QEMU counts sectors. */
  static long sectors(long bytes) {
    return (bytes + SECTOR - 1) / SECTOR * SECTOR;
  }
}
