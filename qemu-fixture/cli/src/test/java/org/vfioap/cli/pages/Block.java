package org.vfioap.cli.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A code block of a page.
 *
 * @param line where it begins
 * @param language what stands behind its backticks
 * @param text its lines
 * @param run whether it is run: no comment {@code <!-- not run: REASON -->} stands above it
 */
record Block(int line, String language, List<String> text, boolean run) {
  private static final String FENCE = "```";

  static List<Block> of(Path page) throws IOException {
    List<Block> blocks = new ArrayList<>();
    List<String> lines = Files.readAllLines(page);
    String above = "";
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith(FENCE)) {
        int end = i + 1;
        while (!lines.get(end).startsWith(FENCE)) {
          end++;
        }
        boolean run = !above.startsWith("<!-- not run: ");
        String language = line.substring(FENCE.length());
        blocks.add(new Block(i + 1, language, List.copyOf(lines.subList(i + 1, end)), run));
        i = end;
        above = "";
      } else if (!line.isBlank()) {
        above = line;
      }
    }
    return blocks;
  }

  boolean isShell() {
    return language.equals("sh");
  }

  /** A session: commands behind prompts, and what they print. */
  boolean isSession() {
    return language.equals("console");
  }

  /** Tells whether somebody could take it for commands though it is neither of both. */
  boolean looksLikeCommands() {
    return language.isEmpty()
        && text.stream().anyMatch(line -> line.startsWith("$ ") || line.startsWith("./vfioap "));
  }
}
