package org.vfioap.place;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.vfioap.kernel.KernelLog;
import org.vfioap.kernel.LogLine;
import org.vfioap.kernel.Uevent;

/**
 * The verbs {@code dmesg} and {@code events}: what the kernel said and sent since its last boot;
 * with the word {@code follow} also what comes, until the asker goes; with the word {@code json} an
 * object a line.
 *
 * <p>An asker that reads more slowly than news come learns how many it lost; see {@link
 * EventQueue}, and of the log the kernel keeps the newest lines.
 */
final class News {
  static final String FOLLOW = "follow";
  private static final String JSON = "json";
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private News() {}

  private static boolean has(List<String> words, String wanted) {
    for (String word : words) {
      if (!word.equals(FOLLOW) && !word.equals(JSON)) {
        throw new IllegalArgumentException("'" + word + "' is unknown; allowed: follow, json");
      }
    }
    return words.contains(wanted);
  }

  static void dmesg(Place place, List<String> words, Verb.Answer answer)
      throws IOException, InterruptedException {
    NewsForm form = NewsForm.of(has(words, JSON));
    KernelLog log = place.host().log();
    long position = tell(log, 0, form, answer);
    while (has(words, FOLLOW)) {
      log.await(position, PATIENCE);
      position = tell(log, position, form, answer);
      answer.line("");
    }
  }

  /** Returns the position behind the lines that were told; what a boot kept is all that it has. */
  private static long tell(KernelLog log, long position, NewsForm form, Verb.Answer answer)
      throws IOException {
    List<LogLine> lines;
    long now;
    synchronized (log) {
      lines = log.linesSince(position);
      now = log.position();
    }
    long lost = position == 0 ? 0 : now - position - lines.size();
    if (lost > 0) {
      answer.line(form.lost(lost, "lines"));
    }
    for (LogLine line : lines) {
      answer.line(form.of(line));
    }
    return now;
  }

  static void events(Place place, List<String> words, Verb.Answer answer)
      throws IOException, InterruptedException {
    NewsForm form = NewsForm.of(has(words, JSON));
    try (EventQueue queue = EventQueue.of(place.host().uevents())) {
      for (Uevent event : queue.recent()) {
        answer.line(form.of(event));
      }
      while (has(words, FOLLOW)) {
        EventQueue.Next next = queue.next(PATIENCE);
        if (next.lost() > 0) {
          answer.line(form.lost(next.lost(), "events"));
        }
        answer.line(next.event().map(form::of).orElse(""));
      }
    }
  }
}
