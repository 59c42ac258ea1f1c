package org.vfioap.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.vfioap.sysfs.SysfsDirectory;
import org.vfioap.sysfs.SysfsTree;

/**
 * A machine's /sys as a tar file, with names that begin with {@code sys/}. Everything belongs to
 * root and is of 1970, so the same machine gives the same bytes.
 *
 * <p>Source: POSIX pax, the ustar format; names and targets over 100 bytes as GNU tar has them.
 */
public final class TarFile implements TreeWalk.Visitor {
  private static final int BLOCK = 512;
  private static final int NAME = 100;
  private static final int CHECKSUM = 148;
  private static final String LONG_NAME = "././@LongLink";

  private final OutputStream out;

  private TarFile(OutputStream out) {
    this.out = out;
  }

  /**
   * Writes the tree. Files that cannot be read are empty; modes are those of the machine.
   *
   * @throws IOException if {@code out} does not take it
   */
  public static void write(SysfsTree tree, OutputStream out) throws IOException {
    TreeWalk.of(tree, new TarFile(out));
    out.write(new byte[2 * BLOCK]);
  }

  @Override
  public void directory(String path, SysfsDirectory directory) throws IOException {
    entry('5', 0755, "sys" + path + "/", "", new byte[0]);
  }

  @Override
  public void file(String path, int mode, @Nullable String content) throws IOException {
    byte[] bytes = content == null ? new byte[0] : content.getBytes(StandardCharsets.ISO_8859_1);
    entry('0', mode, "sys" + path, "", bytes);
  }

  @Override
  public void link(String path, String target) throws IOException {
    entry('2', 0777, "sys" + path, target, new byte[0]);
  }

  private void entry(char type, int mode, String name, String target, byte[] content)
      throws IOException {
    longName('L', name);
    longName('K', target);
    header(type, mode, name, target, content.length);
    content(content);
  }

  private void longName(char type, String name) throws IOException {
    byte[] bytes = (name + "\0").getBytes(StandardCharsets.UTF_8);
    if (bytes.length > NAME) {
      header(type, 0, LONG_NAME, "", bytes.length);
      content(bytes);
    }
  }

  private void content(byte[] bytes) throws IOException {
    out.write(bytes);
    out.write(new byte[(BLOCK - bytes.length % BLOCK) % BLOCK]);
  }

  private void header(char type, int mode, String name, String target, int size)
      throws IOException {
    byte[] block = new byte[BLOCK];
    put(block, 0, NAME, name);
    put(block, 100, 8, octal(mode, 7));
    put(block, 108, 8, octal(0, 7));
    put(block, 116, 8, octal(0, 7));
    put(block, 124, 12, octal(size, 11));
    put(block, 136, 12, octal(0, 11));
    put(block, CHECKSUM, 8, " ".repeat(8));
    put(block, 156, 1, String.valueOf(type));
    put(block, 157, NAME, target);
    put(block, 257, 8, "ustar\00000");
    put(block, 265, 32, "root");
    put(block, 297, 32, "root");
    int sum = 0;
    for (byte each : block) {
      sum += each & 0xff;
    }
    put(block, CHECKSUM, 8, octal(sum, 6) + "\0 ");
    out.write(block);
  }

  private static String octal(int number, int digits) {
    String text = Integer.toOctalString(number);
    return "0".repeat(digits - text.length()) + text;
  }

  private static void put(byte[] block, int at, int length, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, block, at, Math.min(bytes.length, length));
  }
}
