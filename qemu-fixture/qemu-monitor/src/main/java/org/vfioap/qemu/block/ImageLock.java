package org.vfioap.qemu.block;

import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.util.HashMap;
import java.util.Map;
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
  private final boolean enabled;
  private final Map<Integer, FileLock> held = new HashMap<>();
  private final Object key;
  private int wanted = Permissions.NONE;
  private int shared = Permissions.ALL;

  private ImageLock(HostFile file, ImageLocks locks, boolean enabled) {
    this.file = file;
    this.locks = locks;
    this.enabled = enabled;
    this.key = file.key();
  }

  /**
   * Returns the lock of an open file; nothing is locked yet.
   *
   * @param locks those of the process, to which it is added
   * @param enabled whether others are to be locked out at all
   */
  static ImageLock of(HostFile file, ImageLocks locks, boolean enabled) {
    ImageLock lock = new ImageLock(file, locks, enabled);
    locks.all().add(lock);
    return lock;
  }

  /**
   * Changes what is locked.
   *
   * @throws QemuError if somebody else is in the way; nothing is changed then
   */
  void change(int newWanted, int newShared) throws QemuError {
    if (enabled && locks.areActive()) {
      check(newWanted, newShared);
    }
    wanted = newWanted;
    shared = newShared;
    hold();
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
    hold();
  }

  private void check(int newWanted, int newShared) throws QemuError {
    for (int kind = 0; kind < Permissions.kinds(); kind++) {
      boolean needs = (newWanted & (1 << kind)) != 0;
      check(needs && isUnshared(kind), UNSHARED + kind, needs, "", kind);
    }
    for (int kind = 0; kind < Permissions.kinds(); kind++) {
      boolean refuses = (newShared & (1 << kind)) == 0;
      check(refuses && isNeeded(kind), NEEDED + kind, refuses, "shared ", kind);
    }
  }

  private void hold() {
    boolean locking = enabled && locks.areActive();
    for (int kind = 0; kind < Permissions.kinds(); kind++) {
      hold(NEEDED + kind, locking && (wanted & (1 << kind)) != 0);
      hold(UNSHARED + kind, locking && (shared & (1 << kind)) == 0);
    }
  }

  private boolean isUnshared(int kind) {
    return locks.all().stream().anyMatch(each -> isRival(each) && (each.shared & (1 << kind)) == 0);
  }

  private boolean isNeeded(int kind) {
    return locks.all().stream().anyMatch(each -> isRival(each) && (each.wanted & (1 << kind)) != 0);
  }

  private boolean isRival(ImageLock other) {
    return other != this && other.key.equals(key);
  }

  private void check(boolean here, int at, boolean matters, String how, int kind) throws QemuError {
    if (here || (matters && isLockedElsewhere(at))) {
      throw QemuError.generic("Failed to get " + how + "\"" + Permissions.name(kind) + "\" lock")
          .withHint("Is another process using the image [" + file.name() + "]?\n");
    }
  }

  /** Only a file that may be written to can be asked. */
  private boolean isLockedElsewhere(int at) {
    if (held.containsKey(at)) {
      return false;
    }
    try (FileLock probe = file.channel().tryLock(at, 1, false)) {
      return probe == null;
    } catch (OverlappingFileLockException own) {
      return false;
    } catch (IOException | RuntimeException unaskable) {
      return false;
    }
  }

  private void hold(int at, boolean locked) {
    try {
      if (locked && !held.containsKey(at)) {
        FileLock lock = file.channel().tryLock(at, 1, true);
        if (lock != null) {
          held.put(at, lock);
        }
      } else if (!locked && held.containsKey(at)) {
        held.remove(at).release();
      }
    } catch (IOException | OverlappingFileLockException unlockable) {
      // Another node of this process holds it for both, or the file system has no locks.
    }
  }

  @Override
  public void close() {
    locks.all().remove(this);
  }
}
