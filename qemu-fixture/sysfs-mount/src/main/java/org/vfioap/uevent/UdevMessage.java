package org.vfioap.uevent;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.vfioap.kernel.Uevent;

/**
 * An event as udevd passes it on.
 *
 * <p>Source: systemd 252 src/libsystemd/sd-device/device-monitor.c, struct monitor_netlink_header:
 * a header with hashes by which receivers filter, then the properties.
 */
final class UdevMessage {
  private static final byte[] PREFIX = "libudev\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final int MAGIC = 0xfeedcafe;
  private static final int HEADER = 40;
  private static final String DEVTYPE = "DEVTYPE=";
  private static final String DEVNAME = "DEVNAME=";

  private UdevMessage() {}

  static byte[] of(Uevent event) {
    List<String> strings = Audience.strings(event);
    String properties =
        strings.stream().map(UdevMessage::absolute).collect(Collectors.joining("\0"))
            + "\0SEQNUM="
            + event.seqnum()
            + "\0USEC_INITIALIZED="
            + System.nanoTime() / 1000
            + "\0";
    byte[] body = properties.getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer message = ByteBuffer.allocate(HEADER + body.length).put(PREFIX).putInt(MAGIC);
    message.order(ByteOrder.nativeOrder()).putInt(HEADER).putInt(HEADER).putInt(body.length);
    // No tags: their bloom filter is empty.
    message.order(ByteOrder.BIG_ENDIAN).putInt(hash(event.subsystem()));
    return message.putInt(hash(devtype(strings))).putLong(0).put(body).array();
  }

  /** The kernel names a device node below /dev, udev by its whole path. */
  private static String absolute(String property) {
    return property.startsWith(DEVNAME)
        ? DEVNAME + "/dev/" + property.substring(DEVNAME.length())
        : property;
  }

  private static String devtype(List<String> strings) {
    return strings.stream()
        .filter(each -> each.startsWith(DEVTYPE))
        .map(each -> each.substring(DEVTYPE.length()))
        .findFirst()
        .orElse("");
  }

  /** No text has no hash. */
  private static int hash(String text) {
    return text.isEmpty() ? 0 : murmurHash2(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** MurmurHash2 by Austin Appleby, 32 bit, with seed 0. */
  static int murmurHash2(byte[] data) {
    final int multiplier = 0x5bd1e995;
    ByteBuffer words = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    int hash = data.length;
    while (words.remaining() >= 4) {
      int word = words.getInt() * multiplier;
      hash = hash * multiplier ^ (word ^ word >>> 24) * multiplier;
    }
    if (words.hasRemaining()) {
      for (int shift = 0; words.hasRemaining(); shift += 8) {
        hash ^= (words.get() & 0xff) << shift;
      }
      hash *= multiplier;
    }
    hash = (hash ^ hash >>> 13) * multiplier;
    return hash ^ hash >>> 15;
  }
}
