package org.vfioap.qemu.migration;

import java.util.List;

/** A stream that cannot be loaded, with the lines that QEMU prints about it. */
final class StreamRefusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<String> lines;

  StreamRefusal(String... lines) {
    super(String.join("; ", lines), null, false, false);
    this.lines = List.of(lines);
  }

  List<String> lines() {
    return lines;
  }
}
