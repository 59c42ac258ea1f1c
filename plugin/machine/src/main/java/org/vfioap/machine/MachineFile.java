package org.vfioap.machine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The text of a machine file or preset. */
final class MachineFile {
  /** The most bytes that a file may have: 1 MiB. */
  static final int MAX_BYTES = 1 << 20;

  static final List<String> PRESETS = List.of("z14", "z16", "z17", "empty", "document");

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private MachineFile() {}

  /** Returns the path that a user typed. */
  static Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw unreadable(Quoted.of(name), "this cannot be the name of a file");
    }
  }

  /** Reads a file that errors call by this name. */
  static String read(Path path, String name) {
    try (InputStream in = Files.newInputStream(path)) {
      // Not readNBytes(int): since Java 21 it asks a file for its position, which a pipe has not.
      byte[] buffer = new byte[MAX_BYTES + 1];
      byte[] bytes = Arrays.copyOf(buffer, in.readNBytes(buffer, 0, buffer.length));
      checkSize(name, bytes.length);
      return decode(name, bytes);
    } catch (NoSuchFileException e) {
      throw unreadable(name, "there is no such file");
    } catch (AccessDeniedException e) {
      throw unreadable(name, "the file may not be read");
    } catch (IOException e) {
      throw unreadable(name, "the file cannot be read: " + e.getMessage());
    }
  }

  private static MachineFileException unreadable(String name, String problem) {
    return Position.whole(name)
        .error(problem, "a readable file, or a preset: " + String.join(", ", PRESETS));
  }

  static void checkSize(String name, int size) {
    if (size > MAX_BYTES) {
      throw Position.whole(name).error("the file is over 1 MiB", "files up to 1 MiB");
    }
  }

  private static String decode(String name, byte[] bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    CoderResult result = decoder.decode(in, out, true);
    String text = out.flip().toString();
    if (result.isError()) {
      throw Position.after(name, text)
          .error(String.format("byte 0x%02x is not UTF-8", bytes[in.position()]), "UTF-8 text");
    }
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }

  /** Returns the text of a preset, which is part of this program. */
  static String preset(String name) {
    String resource = name + ".yaml";
    try (InputStream in = MachineFile.class.getResourceAsStream(resource)) {
      return new String(
          Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
