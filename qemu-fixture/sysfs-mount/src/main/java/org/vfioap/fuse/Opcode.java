package org.vfioap.fuse;

import org.jspecify.annotations.Nullable;

/**
 * What the kernel asks a FUSE server for.
 *
 * <p>Source: Linux include/uapi/linux/fuse.h, enum fuse_opcode. Opcodes that are not listed are
 * answered with ENOSYS.
 */
enum Opcode {
  LOOKUP(1),
  FORGET(2),
  GETATTR(3),
  SETATTR(4),
  READLINK(5),
  SYMLINK(6),
  MKNOD(8),
  MKDIR(9),
  UNLINK(10),
  RMDIR(11),
  RENAME(12),
  LINK(13),
  OPEN(14),
  READ(15),
  WRITE(16),
  STATFS(17),
  RELEASE(18),
  INIT(26),
  OPENDIR(27),
  READDIR(28),
  RELEASEDIR(29),
  FSYNCDIR(30),
  CREATE(35),
  INTERRUPT(36),
  DESTROY(38),
  POLL(40),
  BATCH_FORGET(42),
  READDIRPLUS(44),
  RENAME2(45);

  private static final @Nullable Opcode[] BY_NUMBER = new @Nullable Opcode[RENAME2.number + 1];

  static {
    for (Opcode opcode : values()) {
      BY_NUMBER[opcode.number] = opcode;
    }
  }

  private final int number;

  Opcode(int number) {
    this.number = number;
  }

  static @Nullable Opcode of(int number) {
    return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : null;
  }
}
