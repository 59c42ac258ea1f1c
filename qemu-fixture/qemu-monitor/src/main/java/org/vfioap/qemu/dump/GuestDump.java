package org.vfioap.qemu.dump;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.util.Optional;
import org.vfioap.qemu.descriptor.DescriptorStore;
import org.vfioap.qemu.descriptor.Descriptors;
import org.vfioap.qemu.host.Errno;
import org.vfioap.qemu.host.HostFiles;
import org.vfioap.qemu.json.JsonBool;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qapi.Refusals;

/** Writes the guest's memory where a client wants it. Source: dump/dump.c of QEMU 7.2. */
public final class GuestDump {
  private static final String READ_BY_OWNER = "r--------";

  private final long memory;
  private JsonObject result = JsonObject.of("status", "none").with("completed", 0).with("total", 0);

  private GuestDump(long memory) {
    this.memory = memory;
  }

  /** Returns the dumps of a guest with {@code memory} bytes. */
  public static GuestDump of(long memory) {
    return new GuestDump(memory);
  }

  /** Answers {@code query-dump}. */
  public JsonObject toJson() {
    return result;
  }

  /**
   * Dumps and returns what DUMP_COMPLETED tells: the result, and an {@code error} if the target
   * takes no more.
   *
   * @throws QemuError if QEMU refuses or the target cannot be opened
   */
  public JsonObject write(JsonObject arguments, DescriptorStore descriptors) throws QemuError {
    check(arguments);
    String protocol = arguments.text("protocol").orElse("");
    long begin = number(arguments, "begin").orElse(0L);
    long length = Math.min(number(arguments, "length").orElse(memory), memory - begin);
    try (OutputStream out = open(protocol, descriptors)) {
      if (begin >= memory) {
        throw QemuError.generic("dump: no guest memory to dump");
      }
      CoreFile.write(out, begin, length);
    } catch (IOException unwritable) {
      result = JsonObject.of("status", "failed").with("completed", 0).with("total", length);
      String why = "dump: failed to write elf header: " + Errno.of(unwritable).text();
      return JsonObject.of("result", result).with("error", why);
    }
    result = JsonObject.of("status", "completed").with("completed", length).with("total", length);
    return JsonObject.of("result", result);
  }

  private static void check(JsonObject arguments) throws QemuError {
    String format = arguments.text("format").orElse("elf");
    boolean paging = arguments.get("paging").equals(Optional.of(JsonBool.TRUE));
    boolean part = arguments.has("begin") || arguments.has("length");
    if (format.startsWith("kdump") && (paging || part)) {
      throw QemuError.generic("kdump-compressed format doesn't support paging or filter");
    }
    if (arguments.has("begin") != arguments.has("length")) {
      throw Refusals.missing(arguments.has("begin") ? "length" : "begin");
    }
    if (format.equals("win-dmp")) {
      throw QemuError.generic("Windows dump is only available for x86-64");
    }
  }

  private static Optional<Long> number(JsonObject arguments, String name) {
    return arguments.get(name).orElse(arguments) instanceof JsonNumber.Signed number
        ? Optional.of(number.value())
        : Optional.empty();
  }

  private static OutputStream open(String protocol, DescriptorStore descriptors)
      throws IOException, QemuError {
    if (protocol.startsWith("fd:")) {
      return descriptor(protocol.substring("fd:".length()), descriptors);
    }
    if (!protocol.startsWith("file:")) {
      throw QemuError.generic("Invalid parameter 'protocol'");
    }
    String path = protocol.substring("file:".length());
    try {
      return Channels.newOutputStream(HostFiles.create(path, READ_BY_OWNER));
    } catch (IOException refused) {
      throw Refusals.unopened(path, Errno.of(refused));
    }
  }

  private static OutputStream descriptor(String name, DescriptorStore descriptors)
      throws QemuError {
    int number =
        descriptors
            .take(name)
            .orElseThrow(
                () -> QemuError.generic("File descriptor named '" + name + "' has not been found"));
    try {
      return new FileOutputStream(Descriptors.of(number));
    } catch (ReflectiveOperationException | RuntimeException hidden) {
      throw QemuError.generic("Unable to dup fd " + number + ": " + Errno.EBADF.text());
    }
  }
}
