package org.vfioap.recording;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder that has the files of a host, or the root of this one.
 *
 * <p>Links that lead out of the folder are not followed: whoever made it could otherwise have files
 * of this computer recorded.
 */
final class Folder implements HostFiles {
  private final Path root;
  private final List<String> failures = new ArrayList<>();

  /**
   * Opens a folder.
   *
   * @throws RecordingException if it is none
   */
  Folder(Path folder) {
    try {
      root = folder.toRealPath();
    } catch (IOException e) {
      throw new RecordingException(folder + " cannot be read; name a folder or an archive");
    }
  }

  /** Returns a path inside, empty for what is outside or not there. */
  private Optional<Path> inside(String path) {
    try {
      return Optional.of(root.resolve(path).toRealPath()).filter(real -> real.startsWith(root));
    } catch (NoSuchFileException | InvalidPathException e) {
      return Optional.empty();
    } catch (IOException e) {
      fail(path, e);
      return Optional.empty();
    }
  }

  private void fail(String path, IOException e) {
    String reason = e instanceof AccessDeniedException ? "permission denied" : reason(e);
    failures.add("/" + path + ": " + reason);
  }

  /** The message begins with the path. */
  private static String reason(IOException e) {
    String text = String.valueOf(e.getMessage());
    return text.substring(text.lastIndexOf(": ") < 0 ? 0 : text.lastIndexOf(": ") + 2);
  }

  @Override
  public boolean exists(String path) {
    return inside(path).isPresent();
  }

  @Override
  public List<String> list(String path) {
    Optional<Path> directory = inside(path).filter(Files::isDirectory);
    if (directory.isEmpty()) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory.get())) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      fail(path, e);
      return List.of();
    }
  }

  @Override
  public Optional<String> read(String path) {
    Optional<Path> file = inside(path).filter(Files::isRegularFile);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file.get())) {
      byte[] buffer = new byte[LONGEST];
      return Optional.of(Contents.text(buffer, in.readNBytes(buffer, 0, LONGEST)));
    } catch (IOException e) {
      fail(path, e);
      return Optional.empty();
    }
  }

  @Override
  public Optional<String> link(String path) {
    try {
      return Optional.of(Files.readSymbolicLink(root.resolve(path)).toString());
    } catch (IOException | UnsupportedOperationException none) {
      return Optional.empty();
    }
  }

  @Override
  public boolean isPublic(String path) {
    try {
      Optional<Path> file = inside(path);
      return file.isPresent()
          && Files.getPosixFilePermissions(file.get()).contains(PosixFilePermission.OTHERS_READ);
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public List<String> failures() {
    return List.copyOf(failures);
  }
}
