package org.vfioap.recording;

import java.util.ArrayList;
import java.util.List;

/** What whoever reads the machine file should know: what it lacks, and what was guessed. */
final class Notes {
  private static final int MOST = 40;

  private final List<String> notes = new ArrayList<>();
  private int left;

  void add(String note) {
    if (notes.size() < MOST) {
      notes.add(note);
    } else {
      left++;
    }
  }

  List<String> all() {
    List<String> all = new ArrayList<>(notes);
    if (left > 0) {
      all.add("and " + left + " more of the kind");
    }
    return all;
  }
}
