package org.vfioap.cli.running;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vfioap.cli.picture.ApqnMap;
import org.vfioap.cli.picture.JsonPicture;
import org.vfioap.cli.picture.SvgPicture;
import org.vfioap.cli.picture.TerminalPicture;
import org.vfioap.host.ApHost;
import org.vfioap.host.Changes;
import org.vfioap.place.Place;
import org.vfioap.place.PlaceDaemon;
import org.vfioap.place.Verb;
import picocli.CommandLine.Help.Ansi;

/** The daemon of a machine that can also draw itself. */
public final class MachineDaemon {
  private static final String ALLOWED = "allowed: svg, ansi, plain, json";

  /** How long a follower hears nothing. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private MachineDaemon() {}

  /** Runs until it is killed; see {@link PlaceDaemon}. */
  public static void main(String[] arguments) throws InterruptedException {
    System.exit(PlaceDaemon.run(arguments, Map.of("matrix", MachineDaemon::matrix)));
  }

  /**
   * Draws: {@code ansi} and {@code plain} for a terminal with or without colours, {@code svg},
   * {@code json}; then perhaps {@code follow}, and a name for the picture.
   */
  private static void matrix(Place place, List<String> words, Verb.Answer answer)
      throws IOException {
    if (words.isEmpty()) {
      throw new IllegalArgumentException("say how to draw; " + ALLOWED);
    }
    boolean follow = words.size() > 1 && words.get(1).equals("follow");
    List<String> rest = words.subList(follow ? 2 : 1, words.size());
    Optional<String> name = rest.stream().findFirst();
    String picture = draw(place.host(), words.get(0), name);
    answer.line(picture);
    while (follow) {
      String next = nextPicture(place, words.get(0), name, picture);
      answer.line(next.equals(picture) ? "" : next);
      picture = next;
    }
  }

  /** Returns a picture that is otherwise; or the same if nothing changed for a while. */
  private static String nextPicture(
      Place place, String form, Optional<String> name, String picture) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    ApHost host = place.host();
    try (Changes changes = Changes.of(host)) {
      String next = picture;
      boolean inTime = true;
      while (next.equals(picture) && inTime) {
        long seen = changes.count();
        next = draw(host, form, name);
        inTime = !next.equals(picture) || changes.awaitAfter(seen, end);
      }
      return next;
    }
  }

  private static String draw(ApHost host, String form, Optional<String> name) {
    ApqnMap map = ApqnMap.of(host);
    return switch (form) {
      case "json" -> new JsonPicture(map).draw();
      case "svg" -> new SvgPicture(map, name.orElse("this machine")).draw();
      case "ansi" -> new TerminalPicture(map, Ansi.ON, name).draw();
      case "plain" -> new TerminalPicture(map, Ansi.OFF, name).draw();
      default -> throw new IllegalArgumentException("cannot draw '" + form + "'; " + ALLOWED);
    };
  }
}
