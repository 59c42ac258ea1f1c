package org.vfioap.qemu.recorder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.vfioap.qemu.persona.QemuVersion;
import org.vfioap.qemu.recording.Recording;

/**
 * The recordings of the version before, which lie in a folder beside; a text that is equal there is
 * not written again.
 */
public final class SharedTexts {
  private final Optional<Path> before;

  private SharedTexts(Optional<Path> before) {
    this.before = before;
  }

  /** Returns the recordings before those in a folder that is named after a version. */
  static SharedTexts besideOf(Path directory) {
    return new SharedTexts(
        Optional.ofNullable(directory.toAbsolutePath().normalize().getFileName())
            .flatMap(name -> QemuVersion.find(name.toString()))
            .flatMap(QemuVersion::before)
            .map(version -> directory.toAbsolutePath().resolveSibling(version.toString()))
            .filter(Files::isDirectory));
  }

  /** Returns the file of the version before that is called {@code name}, if there is one. */
  private Optional<Recording> find(String name) throws IOException {
    Optional<Path> file = before.map(directory -> directory.resolve(name));
    if (file.isEmpty() || !Files.exists(file.get())) {
      return Optional.empty();
    }
    SharedTexts earlier = besideOf(before.get());
    Optional<Recording> base = earlier.find(name);
    return Optional.of(Recording.parse(Files.readAllBytes(file.get()), base::orElseThrow));
  }

  /**
   * Copies a recording into a folder. If that is named after an emulated version, and the version
   * before lies in a folder beside it, what is equal there is only mentioned.
   *
   * @throws IOException if a file cannot be read or written
   */
  public static void copy(Path recorded, Path destination) throws IOException {
    SharedTexts shared = besideOf(destination);
    try (Stream<Path> files = Files.list(recorded)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        Recording full = Recording.parse(Files.readAllBytes(file), () -> shared.absent(name));
        Files.writeString(destination.resolve(name), shared.text(name, full));
      }
    }
  }

  private Recording absent(String name) {
    throw new IllegalStateException(name + " is not recorded in full");
  }

  private String text(String file, Recording full) throws IOException {
    Optional<Recording> earlier = find(file);
    Map<String, List<String>> namesOfText = new LinkedHashMap<>();
    for (String name : full.names()) {
      namesOfText.computeIfAbsent(full.get(name), ignored -> new ArrayList<>()).add(name);
    }
    StringBuilder out = new StringBuilder();
    namesOfText.forEach(
        (text, names) -> {
          List<String> shared = new ArrayList<>(names);
          shared.removeIf(name -> !isShared(earlier, name, text));
          List<String> own = new ArrayList<>(names);
          own.removeAll(shared);
          if (!shared.isEmpty()) {
            out.append("=~ ").append(String.join("\t", shared)).append('\n');
          }
          if (!own.isEmpty()) {
            out.append("== ")
                .append(String.join("\t", own))
                .append('\n')
                .append(text.isEmpty() ? "" : text + "\n");
          }
        });
    return out.toString();
  }

  private static boolean isShared(Optional<Recording> earlier, String name, String text) {
    return earlier.flatMap(recording -> recording.find(name)).equals(Optional.of(text));
  }
}
