package org.vfioap.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.vfioap.sysfs.SysfsDirectory;
import org.vfioap.sysfs.SysfsTree;

/** A machine's /sys as plain files, directories and relative links. */
public final class PlainFiles implements TreeWalk.Visitor {
  private static final String UNFINISHED = ".unfinished";

  private final Path root;

  private PlainFiles(Path root) {
    this.root = root;
  }

  /**
   * Writes the tree. Files that cannot be read are empty; modes are those of the machine.
   *
   * @param directory becomes what {@code /sys} is; it must not exist, and does not if this fails
   * @throws IOException if it cannot be written
   */
  public static void write(SysfsTree tree, Path directory) throws IOException {
    if (Files.exists(directory)) {
      throw new FileSystemException(
          directory.toString(), null, "it exists already; name a directory that does not");
    }
    Path unfinished = directory.resolveSibling(directory.getFileName() + UNFINISHED);
    try {
      TreeWalk.of(tree, new PlainFiles(unfinished));
      Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      delete(unfinished);
    }
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(PlainFiles::deleteOne);
    }
  }

  private static void deleteOne(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(String path) {
    return root.resolve(path.substring(Math.min(1, path.length())));
  }

  @Override
  public void directory(String path, SysfsDirectory directory) throws IOException {
    Files.createDirectories(file(path));
  }

  @Override
  public void file(String path, int mode, @Nullable String content) throws IOException {
    Path file = file(path);
    Files.writeString(file, content == null ? "" : content, StandardCharsets.ISO_8859_1);
    Files.setPosixFilePermissions(file, permissions(mode));
  }

  private static Set<PosixFilePermission> permissions(int mode) {
    PosixFilePermission[] bits = PosixFilePermission.values();
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    for (int i = 0; i < bits.length; i++) {
      if ((mode >> (bits.length - 1 - i) & 1) != 0) {
        permissions.add(bits[i]);
      }
    }
    return permissions;
  }

  @Override
  public void link(String path, String target) throws IOException {
    Files.createSymbolicLink(file(path), Path.of(target));
  }
}
