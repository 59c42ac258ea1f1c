package org.vfioap.sysfs;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * An open file of the tree.
 *
 * <p>Source: Linux 6.1 fs/kernfs/file.c and fs/sysfs/file.c: one write is one store of at most a
 * page, whatever the offset; a read gives at most a page less one byte; a file whose device is gone
 * answers ENODEV.
 */
public final class OpenFile {
  /** The most bytes that one write passes on; the caller learns from the return value. */
  public static final int PAGE = 4096;

  private final SysfsFile file;

  OpenFile(SysfsFile file) {
    this.file = file;
  }

  /**
   * Shows the file's content from its beginning.
   *
   * @throws org.vfioap.kernel.KernelRefusal ENODEV if the device is gone, or what the attribute
   *     answers
   */
  public Shown read() {
    return Shown.of(file.show());
  }

  /**
   * Does nothing while the file's device exists.
   *
   * @throws org.vfioap.kernel.KernelRefusal ENODEV if it is gone
   */
  public void checkAlive() {
    file.checkAlive();
  }

  /**
   * Passes one write(2) on to the attribute.
   *
   * @return how many bytes were taken: all, or {@link #PAGE} of a longer write; 0 for an empty
   *     write, which does nothing
   * @throws org.vfioap.kernel.KernelRefusal ENODEV if the device is gone, or what the attribute
   *     answers
   */
  public int write(byte[] bytes) {
    if (bytes.length == 0) {
      return 0;
    }
    int length = Math.min(bytes.length, PAGE);
    String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    int zero = text.indexOf('\0');
    file.store(zero < 0 ? text : text.substring(0, zero));
    return length;
  }

  /** Returns as much of a text as one page shows: {@code sysfs_emit_at} stops there. */
  public static String page(String text) {
    return text.length() < PAGE ? text : text.substring(0, PAGE - 1);
  }

  /**
   * What a read gives.
   *
   * @param bytes what the reader gets
   * @param produced how many bytes the attribute had; more than the reader gets if they do not fit
   *     a page
   */
  @SuppressWarnings("ArrayRecordComponent") // read once, never compared
  public record Shown(byte[] bytes, int produced) {
    private static Shown of(String content) {
      byte[] all = content.getBytes(StandardCharsets.ISO_8859_1);
      byte[] page = all.length < PAGE ? all : Arrays.copyOf(all, PAGE - 1);
      return new Shown(page, all.length);
    }

    /** Returns the bytes as characters. */
    public String text() {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }
}
