package org.vfioap.qemu.block;

import java.util.ArrayList;
import java.util.List;

/**
 * What the user of a node does with it, and what it lets others do: sets of bits. Source:
 * include/block/block-common.h and block.c (bdrv_perm_names) of QEMU 7.2.
 */
final class Permissions {
  static final int NONE = 0;
  static final int READ = 1;
  static final int WRITE = 2;
  static final int UNCHANGED = 4;
  static final int RESIZE = 8;
  static final int ALL = READ | WRITE | UNCHANGED | RESIZE;

  private static final String[] NAMES = {"consistent read", "write", "write unchanged", "resize"};

  private Permissions() {}

  /** Returns how many kinds of permissions there are; bit {@code n} stands for the n-th. */
  static int kinds() {
    return NAMES.length;
  }

  static String name(int kind) {
    return NAMES[kind];
  }

  static String names(int set) {
    List<String> names = new ArrayList<>();
    for (int kind = 0; kind < NAMES.length; kind++) {
      if ((set & (1 << kind)) != 0) {
        names.add(NAMES[kind]);
      }
    }
    return String.join(", ", names);
  }
}
