package org.vfioap.qemu.recorder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects named texts and writes them as one file; names with the same text share it. */
final class RecordingFile {
  private final Map<String, List<String>> namesOfText = new LinkedHashMap<>();

  void add(String name, String text) {
    namesOfText.computeIfAbsent(text, ignored -> new ArrayList<>()).add(name);
  }

  /** Returns each text by its name. */
  Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    namesOfText.forEach((text, names) -> names.forEach(name -> texts.put(name, text)));
    return texts;
  }

  void write(Path file) throws IOException {
    StringBuilder out = new StringBuilder();
    namesOfText.forEach(
        (text, names) -> {
          out.append("== ").append(String.join("\t", names)).append('\n');
          if (!text.isEmpty()) {
            out.append(text).append(text.endsWith("\n") ? "" : "\n");
          }
        });
    Files.writeString(file, out);
  }
}
