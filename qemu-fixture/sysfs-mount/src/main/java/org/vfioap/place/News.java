package org.vfioap.place;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.vfioap.kernel.KernelLog;
import org.vfioap.kernel.LogLine;
import org.vfioap.kernel.Uevent;
import org.vfioap.kernel.Uevents;

/**
 * The verbs {@code dmesg} and {@code events}: what the kernel said and sent since its last boot;
 * with the word {@code follow} also what comes, until the asker goes.
 */
final class News {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private News() {}

  private static boolean follows(List<String> words) {
    if (!words.isEmpty() && !words.equals(List.of("follow"))) {
      throw new IllegalArgumentException("'" + words.get(0) + "' is unknown; allowed: follow");
    }
    return !words.isEmpty();
  }

  static void dmesg(Place place, List<String> words, Verb.Answer answer)
      throws IOException, InterruptedException {
    boolean follow = follows(words);
    KernelLog log = place.host().log();
    long position = 0;
    do {
      List<LogLine> lines = log.linesSince(position);
      position += lines.size();
      for (LogLine line : lines) {
        answer.line(line.toString());
      }
      if (follow && lines.isEmpty()) {
        log.await(position, PATIENCE);
        answer.line("");
      }
    } while (follow);
  }

  static void events(Place place, List<String> words, Verb.Answer answer)
      throws IOException, InterruptedException {
    boolean follow = follows(words);
    Uevents events = place.host().uevents();
    BlockingQueue<Uevent> queue = new LinkedBlockingQueue<>();
    Uevents.Subscription subscription = events.subscribe(queue::add);
    try {
      long last = 0;
      for (Uevent event : events.recent()) {
        answer.line(String.join(" ", event.environment()));
        last = event.seqnum();
      }
      while (follow) {
        Uevent event = queue.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (event == null) {
          answer.line("");
        } else if (event.seqnum() > last) {
          answer.line(String.join(" ", event.environment()));
        }
      }
    } finally {
      subscription.close();
    }
  }
}
