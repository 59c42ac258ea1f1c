package org.vfioap.qemu.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.OptionalLong;
import java.util.Set;
import org.vfioap.qemu.options.OptionString;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.scalar.Numbers;

/**
 * The sets of inherited descriptors that {@code -add-fd} names; options name a set as a file {@code
 * /dev/fdset/N}, as libvirt does for files it has opened itself. Source: softmmu/vl.c and
 * monitor/fds.c of QEMU 7.2.
 */
final class FdSets {
  private static final String FOLDER = "/dev/fdset/";
  private static final int STANDARD_STREAMS = 3;

  private final Set<Long> numbers = new LinkedHashSet<>();

  private FdSets() {}

  /** Returns no sets. */
  static FdSets none() {
    return new FdSets();
  }

  /** Reads the options. */
  static FdSets read(CommandLine line) throws Exit {
    FdSets sets = new FdSets();
    for (CommandLine.Option option : line.all("add-fd")) {
      try {
        sets.add(OptionString.parse(option.value(), ""));
      } catch (QemuError refused) {
        throw line.failure(option.location() + ": " + refused.text() + "\n");
      }
    }
    return sets;
  }

  private void add(OptionString options) throws QemuError {
    long descriptor = number(options, "fd");
    if (descriptor < STANDARD_STREAMS) {
      throw QemuError.generic("fd cannot be a standard I/O stream");
    }
    if (!Files.exists(Path.of("/proc/self/fd/" + descriptor))) {
      throw QemuError.generic("fd is not valid or already in use");
    }
    numbers.add(number(options, "set"));
  }

  private static long number(OptionString options, String key) throws QemuError {
    OptionalLong number = Numbers.integer(options.get(key).orElse("-1"));
    if (number.isEmpty() || number.getAsLong() < 0) {
      throw QemuError.generic(key + " option is required and must be non-negative");
    }
    return number.getAsLong();
  }

  /** Says whether a path stands for a set at all. */
  static boolean isSet(String path) {
    return path.startsWith(FOLDER);
  }

  /** Says whether a path stands for a set that there is. */
  boolean has(String path) {
    OptionalLong number = Numbers.integer(path.substring(FOLDER.length()));
    return number.isPresent() && numbers.contains(number.getAsLong());
  }
}
