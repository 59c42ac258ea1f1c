package org.vfioap.qemu.block;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.vfioap.qemu.qapi.QemuError;

/**
 * What a file's users need and share, as locks on bytes of the file, so that QEMU and its tools see
 * them too: byte 100 + n is locked by who needs the n-th permission, byte 200 + n by who does not
 * share it. Source: block/file-posix.c (raw_apply_lock_bytes, raw_check_lock_bytes) of QEMU 7.2.
 */
final class ImageLock implements AutoCloseable {
  private static final int NEEDED = 100;
  private static final int UNSHARED = 200;

  private final HostFile file;
  private final ImageLocks locks;
  private final Optional<ByteLocks> bytes;
  private final Set<Integer> held = new HashSet<>();
  private int wanted = Permissions.NONE;
  private int shared = Permissions.ALL;

  private ImageLock(HostFile file, ImageLocks locks, Optional<ByteLocks> bytes) {
    this.file = file;
    this.locks = locks;
    this.bytes = bytes;
  }

  /**
   * Returns the lock of an open file; nothing is locked yet.
   *
   * @param locks those of the process, to which it is added
   * @param enabled whether others are to be locked out at all
   */
  static ImageLock of(HostFile file, ImageLocks locks, boolean enabled) {
    Optional<ByteLocks> bytes = enabled ? ByteLocks.of(file.path()) : Optional.empty();
    ImageLock lock = new ImageLock(file, locks, bytes);
    locks.all().add(lock);
    return lock;
  }

  /**
   * Changes what is locked.
   *
   * @throws QemuError if somebody else is in the way; nothing is changed then
   */
  void change(int newWanted, int newShared) throws QemuError {
    try {
      hold(wanted | newWanted, shared & newShared);
      if (isActive()) {
        check(newWanted, newShared);
      }
      wanted = newWanted;
      shared = newShared;
    } finally {
      hold(wanted, shared);
    }
  }

  /**
   * Locks what is needed, after nothing was.
   *
   * @throws QemuError if somebody else is in the way
   */
  void apply() throws QemuError {
    change(wanted, shared);
  }

  /** Lets go of what is locked; what is needed is remembered. */
  void release() {
    hold(wanted, shared);
  }

  private boolean isActive() {
    return bytes.isPresent() && locks.areActive();
  }

  private void check(int newWanted, int newShared) throws QemuError {
    for (int kind = 0; kind < Permissions.kinds(); kind++) {
      if ((newWanted & (1 << kind)) != 0) {
        check(UNSHARED + kind, "", kind);
      }
    }
    for (int kind = 0; kind < Permissions.kinds(); kind++) {
      if ((newShared & (1 << kind)) == 0) {
        check(NEEDED + kind, "shared ", kind);
      }
    }
  }

  private void check(int at, String how, int kind) throws QemuError {
    if (bytes.isPresent() && bytes.get().isLockedElsewhere(at)) {
      throw QemuError.generic("Failed to get " + how + "\"" + Permissions.name(kind) + "\" lock")
          .withHint("Is another process using the image [" + file.name() + "]?\n");
    }
  }

  private void hold(int needed, int left) {
    for (int kind = 0; kind < Permissions.kinds(); kind++) {
      hold(NEEDED + kind, isActive() && (needed & (1 << kind)) != 0);
      hold(UNSHARED + kind, isActive() && (left & (1 << kind)) == 0);
    }
  }

  private void hold(int at, boolean locked) {
    if (bytes.isEmpty()) {
      return;
    }
    if (!locked && held.remove(at)) {
      bytes.get().unlock(at);
    } else if (locked && !held.contains(at) && bytes.get().lock(at)) {
      held.add(at);
    }
  }

  @Override
  public void close() {
    locks.all().remove(this);
    bytes.ifPresent(ByteLocks::close);
  }
}
