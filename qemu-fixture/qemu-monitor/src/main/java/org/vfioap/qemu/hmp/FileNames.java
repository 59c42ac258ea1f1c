package org.vfioap.qemu.hmp;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files that a half-typed path could name. Source: monitor/hmp.c of QEMU 7.2. */
final class FileNames {
  private FileNames() {}

  /** Returns the paths that start with {@code typed}; folders end with a slash. */
  static Stream<String> startingWith(String typed) {
    String folder = typed.substring(0, typed.lastIndexOf('/') + 1);
    List<String> found = new ArrayList<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(Path.of(folder.isEmpty() ? "." : folder))) {
      for (Path file : files) {
        String name = folder + file.getFileName();
        if (name.startsWith(typed)) {
          found.add(Files.isDirectory(file) ? name + "/" : name);
        }
      }
    } catch (IOException | InvalidPathException unreadable) {
      return Stream.empty();
    }
    return found.stream();
  }
}
