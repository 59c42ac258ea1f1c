package org.vfioap.machine;

/** How far a mistyped word is from the right one. */
final class Spelling {
  private static final int LONGEST = 40;

  private Spelling() {}

  /** Tells whether one word may be a slip of the other: at most half of it differs. */
  static boolean isSimilar(String word, String typed) {
    return distance(word, typed) <= Math.max(1, word.length() / 2);
  }

  /**
   * Returns how many letters to insert, delete or replace (Levenshtein). What is typed beyond 40
   * letters is not looked at: it is no slip.
   */
  static int distance(String word, String typed) {
    String other = typed.substring(0, Math.min(LONGEST, typed.length()));
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= word.length(); i++) {
      nextRow(row, i, word.charAt(i - 1), other);
    }
    return row[other.length()];
  }

  private static void nextRow(int[] row, int i, char letter, String other) {
    int diagonal = row[0];
    row[0] = i;
    for (int j = 1; j < row.length; j++) {
      int replaced = diagonal + (letter == other.charAt(j - 1) ? 0 : 1);
      diagonal = row[j];
      row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
    }
  }
}
