package org.vfioap.qemu.json;

import java.nio.charset.StandardCharsets;

/** The hash that decides the order of an object's members. Source: qobject/qdict.c of QEMU 7.2. */
final class QdictHash {
  private static final int BUCKETS = 512;

  private QdictHash() {}

  static int bucket(String name) {
    int value = 0x238F13AF * name.length();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c >= 0x80) {
        return bucketOf(name.getBytes(StandardCharsets.UTF_8));
      }
      value += c << (i * 5 % 24);
    }
    return bucket(value);
  }

  private static int bucketOf(byte[] bytes) {
    int value = 0x238F13AF * bytes.length;
    for (int i = 0; i < bytes.length; i++) {
      value += (bytes[i] & 0xFF) << (i * 5 % 24);
    }
    return bucket(value);
  }

  private static int bucket(int value) {
    return (1103515243 * value + 12345) & (BUCKETS - 1);
  }
}
