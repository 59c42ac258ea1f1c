package org.vfioap.junit;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The word that somebody meant. */
final class Nearest {
  private Nearest() {}

  /** Returns the word with the fewest slips, if there are at most so many. */
  static Optional<String> to(String typed, Collection<String> words, int most) {
    return words.stream()
        .filter(word -> distance(word, typed) <= most)
        .min(Comparator.comparingInt(word -> distance(word, typed)));
  }

  /** Returns how many letters to insert, delete or replace (Levenshtein). */
  static int distance(String word, String typed) {
    int[] row = new int[typed.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= word.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (word.charAt(i - 1) == typed.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[typed.length()];
  }
}
