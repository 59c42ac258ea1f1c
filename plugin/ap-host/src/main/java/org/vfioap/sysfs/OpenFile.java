package org.vfioap.sysfs;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.vfioap.kernel.KernelRefusal;

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
  private final Door door;

  /** Who opened the file: a program, which gets error numbers, or a caller of the API. */
  private record Door(String path, FileHook hook, boolean traces) {
    static final Door PROGRAM = new Door("", FileHook.NONE, false);
  }

  private OpenFile(SysfsFile file, Door door) {
    this.file = file;
    this.door = door;
  }

  static OpenFile forProgram(SysfsFile file) {
    return new OpenFile(file, Door.PROGRAM);
  }

  static OpenFile forCaller(SysfsFile file, String path, FileHook hook) {
    return new OpenFile(file, new Door(path, hook, true));
  }

  /**
   * Shows the file's content from its beginning.
   *
   * @throws KernelRefusal ENODEV if the device is gone, or what the attribute answers
   */
  public Shown read() {
    try {
      door.hook.beforeRead(door.path);
      return Shown.of(file.show());
    } catch (KernelRefusal refusal) {
      throw traced(refusal);
    }
  }

  /**
   * Does nothing while the file's device exists.
   *
   * @throws KernelRefusal ENODEV if it is gone
   */
  public void checkAlive() {
    file.checkAlive();
  }

  private KernelRefusal traced(KernelRefusal refusal) {
    return door.traces ? refusal.traced() : refusal;
  }

  /**
   * Passes one write(2) on to the attribute.
   *
   * @return how many bytes were taken: all, or {@link #PAGE} of a longer write; 0 for an empty
   *     write, which does nothing
   * @throws KernelRefusal ENODEV if the device is gone, or what the attribute answers
   */
  public int write(byte[] bytes) {
    if (bytes.length == 0) {
      return 0;
    }
    int length = Math.min(bytes.length, PAGE);
    String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    int zero = text.indexOf('\0');
    store(zero < 0 ? text : text.substring(0, zero));
    return length;
  }

  /** Returns as much of a text as one page shows: {@code sysfs_emit_at} stops there. */
  public static String page(String text) {
    return text.length() < PAGE ? text : text.substring(0, PAGE - 1);
  }

  private void store(String text) {
    Optional<KernelRefusal> refused = Optional.empty();
    try {
      door.hook.beforeWrite(door.path, text);
      file.store(text);
    } catch (KernelRefusal refusal) {
      refused = Optional.of(traced(refusal));
    }
    try {
      door.hook.afterWrite(door.path, text, refused);
    } catch (KernelRefusal refusal) {
      refused = Optional.of(traced(refusal));
    }
    if (refused.isPresent()) {
      throw refused.get();
    }
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
