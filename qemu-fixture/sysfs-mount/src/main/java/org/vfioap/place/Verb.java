package org.vfioap.place;

import java.io.IOException;
import java.util.List;

/** Something that a running machine does when it is told to. */
@FunctionalInterface
public interface Verb {

  /** Where the answer goes. */
  @FunctionalInterface
  interface Answer {
    /**
     * Sends a line; an empty one tells the asker only that the machine is still there.
     *
     * @throws IOException if nobody listens any more
     */
    void line(String text) throws IOException;
  }

  /**
   * Does it.
   *
   * @param words what stands behind the verb
   * @throws IllegalArgumentException if the words are wrong or it cannot be done; the message tells
   *     the user why, what is allowed and what to do
   */
  void run(Place place, List<String> words, Answer answer) throws IOException, InterruptedException;
}
