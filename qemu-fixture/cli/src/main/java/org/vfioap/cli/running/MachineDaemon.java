package org.vfioap.cli.running;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.vfioap.cli.picture.ApqnMap;
import org.vfioap.cli.picture.JsonPicture;
import org.vfioap.cli.picture.SvgPicture;
import org.vfioap.cli.picture.TerminalPicture;
import org.vfioap.place.Place;
import org.vfioap.place.PlaceDaemon;
import org.vfioap.place.Verb;
import picocli.CommandLine.Help.Ansi;

/** The daemon of a machine that can also draw itself. */
public final class MachineDaemon {
  private MachineDaemon() {}

  /** Runs until it is killed; see {@link PlaceDaemon}. */
  public static void main(String[] arguments) throws InterruptedException {
    System.exit(PlaceDaemon.run(arguments, Map.of("matrix", MachineDaemon::matrix)));
  }

  /** Draws for a terminal with or without colours ({@code ansi}, {@code plain}) or as SVG. */
  private static void matrix(Place place, List<String> words, Verb.Answer answer)
      throws IOException {
    ApqnMap map = ApqnMap.of(place.host());
    String picture =
        switch (String.join(" ", words)) {
          case "json" -> new JsonPicture(map).draw();
          case "svg" -> new SvgPicture(map).draw();
          case "ansi" -> new TerminalPicture(map, Ansi.ON).draw();
          case "plain" -> new TerminalPicture(map, Ansi.OFF).draw();
          default -> throw new IllegalArgumentException("allowed: svg, ansi, plain, json");
        };
    answer.line(picture);
  }
}
