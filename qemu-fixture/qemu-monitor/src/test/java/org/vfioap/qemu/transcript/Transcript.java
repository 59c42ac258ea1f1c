package org.vfioap.qemu.transcript;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonReader;
import org.vfioap.qemu.json.JsonSyntaxException;
import org.vfioap.qemu.persona.QemuVersion;

/** One recorded case: how to start the program, and what is said. */
record Transcript(QemuVersion version, Path directory, JsonObject start, List<JsonObject> steps) {

  static List<Transcript> readAll(QemuVersion version, Path directory) {
    List<Transcript> all = new ArrayList<>();
    try (var files = Files.list(directory)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList()) {
        read(version, file, all);
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return all;
  }

  private static void read(QemuVersion version, Path file, List<Transcript> all)
      throws IOException {
    for (String line : Files.readAllLines(file)) {
      JsonObject object = parse(line);
      if (object.has("case")) {
        all.add(
            new Transcript(version, requireNonNull(file.getParent()), object, new ArrayList<>()));
      } else {
        all.get(all.size() - 1).steps.add(object);
      }
    }
  }

  /** Bytes that are no text are recorded as lone surrogates; they become private characters. */
  static JsonObject parse(String line) {
    String valid =
        line.replaceAll("(?<!\\\\ud[89ab][0-9a-f]{2})\\\\udc([89a-f][0-9a-f])", "\\\\ue0$1");
    try {
      return (JsonObject) JsonReader.parse(valid);
    } catch (JsonSyntaxException broken) {
      throw new IllegalArgumentException(line, broken);
    }
  }

  /** Returns the bytes of a recorded text, one character per byte. */
  static String bytes(String text) {
    StringBuilder bytes = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              boolean raw = c >= 0xE080 && c <= 0xE0FF;
              String utf8 = new String(Character.toString(c).getBytes(UTF_8), ISO_8859_1);
              bytes.append(raw ? Character.toString(c & 0xFF) : utf8);
            });
    return bytes.toString();
  }

  @Override
  public String toString() {
    return version + " " + start.text("case").orElseThrow();
  }
}
