package org.vfioap.place;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The guest whose programs this one belongs to, if it was started in one. */
public final class ThisGuest {
  private static final Path FOLDER = Path.of("/run/vfioap");

  private ThisGuest() {}

  /** Tells whether this process runs in a guest; only a machine has a control socket. */
  public static boolean isHere() {
    return Files.exists(FOLDER.resolve("kernel/disk")) && !Files.exists(FOLDER.resolve("control"));
  }

  /** Returns a JSON object for each guest of this one, as {@code guests} of a machine does. */
  public static List<String> guests() {
    try {
      return Files.readAllLines(FOLDER.resolve("kernel/guests"));
    } catch (IOException e) {
      throw new UncheckedIOException("this guest cannot tell its guests: " + e.getMessage(), e);
    }
  }
}
