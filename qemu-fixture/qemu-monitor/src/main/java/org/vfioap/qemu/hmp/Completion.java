package org.vfioap.qemu.hmp;

import java.util.List;

/**
 * What a word could become.
 *
 * @param word what was typed of it
 * @param candidates the words that start so, sorted
 */
public record Completion(String word, List<String> candidates) {
  private static final int WIDTH = 80;
  private static final int WIDEST = 79;

  static Completion of(String word, java.util.stream.Stream<String> words) {
    return new Completion(word, words.filter(w -> w.startsWith(word)).sorted().distinct().toList());
  }

  /** Returns what is missing of {@code candidate}. */
  String rest(String candidate) {
    return candidate.substring(Math.min(word.length(), candidate.length()));
  }

  /** Returns the longest start that all candidates share. */
  String commonPrefix() {
    String prefix = candidates.get(0);
    for (String each : candidates) {
      int length = 0;
      while (length < Math.min(prefix.length(), each.length())
          && prefix.charAt(length) == each.charAt(length)) {
        length++;
      }
      prefix = prefix.substring(0, length);
    }
    return prefix;
  }

  /** Returns the table of candidates in columns, with line ends around it. */
  String table() {
    int widest = candidates.stream().mapToInt(String::length).max().orElse(0) + 2;
    int width = Math.min(Math.max(widest, 10), WIDEST);
    int columns = WIDTH / width;
    StringBuilder table = new StringBuilder("\r\n");
    for (int i = 0; i < candidates.size(); i++) {
      String each = candidates.get(i);
      table.append(each).append(" ".repeat(Math.max(0, width - each.length())));
      if ((i + 1) % columns == 0 || i == candidates.size() - 1) {
        table.append("\r\n");
      }
    }
    return table.toString();
  }
}
