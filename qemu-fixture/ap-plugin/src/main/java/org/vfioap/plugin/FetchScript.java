package org.vfioap.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The script fetch-qemu.sh and what it puts into the small system. */
public final class FetchScript {
  private static final String SCRIPT = "fetch-qemu.sh";
  private static final List<String> FILES = List.of(SCRIPT, "init", "rsa");

  private FetchScript() {}

  /** Writes the files into a folder and returns the script. */
  public static Path unpack(Path folder) throws IOException {
    for (String name : FILES) {
      try (InputStream in = FetchScript.class.getResourceAsStream("fetch/" + name)) {
        if (in == null) {
          throw new IllegalStateException(name + " is not part of this program");
        }
        Files.copy(in, folder.resolve(name));
      }
    }
    return folder.resolve(SCRIPT);
  }

  /** Removes a folder with these files. */
  public static void remove(Path folder) throws IOException {
    for (String name : FILES) {
      Files.deleteIfExists(folder.resolve(name));
    }
    Files.delete(folder);
  }
}
