package org.vfioap.qemu.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.vfioap.qemu.host.Errno;
import org.vfioap.qemu.host.HostFiles;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qapi.Refusals;
import org.vfioap.qemu.qapi.TextScalar;
import org.vfioap.qemu.scalar.Numbers;
import org.vfioap.qemu.scalar.SizeText;

/**
 * The machine's property {@code memory}. Source: hw/core/machine.c of QEMU 7.2.
 *
 * @param size bytes of memory, as an unsigned number
 */
record MemoryProperty(long size) {
  private static final long MEBIBYTE = 1L << 20;
  private static final long SURELY_THERE = 1L << 32;
  static final MemoryProperty DEFAULT = new MemoryProperty(128 * MEBIBYTE);

  static MemoryProperty read(JsonObject members, Console console, boolean noMachine)
      throws QemuError {
    Optional<Long> given = size(members, "size", console);
    Optional<Long> maximum = size(members, "max-size", console);
    Optional<Long> slots = slots(members);
    for (String name : members.members().keySet()) {
      if (!name.equals("size") && !name.equals("max-size") && !name.equals("slots")) {
        throw Refusals.unexpected("memory." + name);
      }
    }
    long size = given.orElse(noMachine ? 0L : DEFAULT.size);
    if (maximum.isPresent()) {
      checkMaximum(size, maximum.get(), slots.orElse(0L));
    } else if (slots.isPresent()) {
      throw QemuError.generic("slots specified but no max-size");
    }
    return new MemoryProperty(size == 0 ? DEFAULT.size : size);
  }

  private static void checkMaximum(long size, long maximum, long slots) throws QemuError {
    String problem = "";
    if (Long.compareUnsigned(maximum, size) < 0) {
      problem = "maximum memory size (%s) must be at least the initial memory size (%s)";
    } else if (slots != 0 && maximum == size) {
      problem =
          "memory slots were specified but maximum memory size (%s) is equal to the initial memory"
              + " size (%s)";
    }
    if (!problem.isEmpty()) {
      String text =
          problem
              .replaceFirst("%s", "0x" + Long.toHexString(maximum))
              .replaceFirst("%s", "0x" + Long.toHexString(size));
      throw QemuError.generic("invalid value of maxmem: " + text);
    }
  }

  private static Optional<String> text(JsonObject members, String name) throws QemuError {
    Optional<JsonValue> value = members.get(name);
    if (value.isPresent()) {
      TextScalar.check("string", value.get(), "memory." + name);
    }
    return members.text(name);
  }

  private static Optional<Long> size(JsonObject members, String name, Console console)
      throws QemuError {
    Optional<String> text = text(members, name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<SizeText> size = SizeText.parse(text.get(), 1);
    Long bytes = size.flatMap(SizeText::bytes).orElse(null);
    if (bytes == null) {
      throw Refusals.expects("memory." + name, "size");
    }
    if (size.get().hexWithSuffix()) {
      console.report(
          "warning: Using a multiplier suffix on hex numbers is deprecated: " + text.get() + "\n");
    }
    return Optional.of(bytes);
  }

  private static Optional<Long> slots(JsonObject members) throws QemuError {
    Optional<String> text = text(members, "slots");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    OptionalLong number = Numbers.integer(text.get());
    if (number.isEmpty()) {
      throw Refusals.expects("memory.slots", "integer");
    }
    return Optional.of(number.getAsLong());
  }

  /** Checks what a board needs of its memory. Source: hw/s390x/s390-virtio-ccw.c of QEMU 7.2. */
  void check(CommandLine line, boolean ownBackend) throws Exit {
    Optional<String> folder = line.last("mem-path");
    if (!ownBackend && folder.isPresent()) {
      checkFolder(line, folder.get());
    }
    if (Long.compareUnsigned(size, SURELY_THERE) > 0
        && Long.compareUnsigned(size, hostMemory()) > 0) {
      throw line.failure("cannot set up guest memory 's390.ram': Cannot allocate memory\n");
    }
    if (size % MEBIBYTE != 0) {
      throw line.failure("ram size must be multiples of 1 MiB\n");
    }
  }

  private static void checkFolder(CommandLine line, String folder) throws Exit {
    Optional<Errno> why = HostFiles.unusableForMemory(folder);
    if (why.isPresent()) {
      throw line.failure(
          "can't open backing store " + folder + " for guest RAM: " + why.get().text() + "\n");
    }
  }

  /** The kernel refuses one mapping that is larger than memory and swap space together. */
  private static long hostMemory() {
    try {
      long kibibytes =
          Files.readAllLines(Path.of("/proc/meminfo")).stream()
              .filter(text -> text.startsWith("MemTotal:") || text.startsWith("SwapTotal:"))
              .mapToLong(text -> Long.parseLong(text.replaceAll("\\D", "")))
              .sum();
      return kibibytes << 10;
    } catch (IOException unknown) {
      return Long.MAX_VALUE;
    }
  }
}
