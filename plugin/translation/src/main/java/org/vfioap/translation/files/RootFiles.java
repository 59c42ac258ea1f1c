package org.vfioap.translation.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelRefusal;

/** The files of a running system. */
final class RootFiles implements HostFiles {
  private static final int LIMIT = 1 << 20;

  private final Path root;

  RootFiles(Path root) {
    this.root = root;
  }

  private Path path(String path) {
    return root.resolve(path.substring(1));
  }

  @Override
  public boolean exists(String path) {
    return Files.exists(path(path));
  }

  @Override
  public String read(String path) {
    try (var in = Files.newInputStream(path(path))) {
      return new String(in.readNBytes(LIMIT), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw refusal(path, e);
    }
  }

  @Override
  public void write(String path, String value) {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(value + "\n");
    try (FileChannel channel = FileChannel.open(path(path), StandardOpenOption.WRITE)) {
      channel.write(bytes);
    } catch (IOException e) {
      throw refusal(path, e);
    }
  }

  @Override
  public List<String> list(String path) {
    try (Stream<Path> entries = Files.list(path(path))) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw refusal(path, e);
    }
  }

  @Override
  public String readLink(String path) {
    try {
      return Files.readSymbolicLink(path(path)).toString();
    } catch (IOException e) {
      throw refusal(path, e);
    }
  }

  private static KernelRefusal refusal(String path, IOException e) {
    return KernelRefusal.of(errno(e), path);
  }

  /** Java has an exception for some numbers and the text for the others. */
  private static Errno errno(IOException e) {
    if (e instanceof NoSuchFileException) {
      return Errno.ENOENT;
    }
    if (e instanceof AccessDeniedException) {
      return Errno.EACCES;
    }
    if (e instanceof NotDirectoryException) {
      return Errno.ENOTDIR;
    }
    String text = String.valueOf(e.getMessage());
    return Arrays.stream(Errno.values())
        .filter(each -> text.contains(each.text()))
        .findFirst()
        .orElse(Errno.EIO);
  }
}
