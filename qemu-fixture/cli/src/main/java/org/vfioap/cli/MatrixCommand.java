package org.vfioap.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.vfioap.cli.message.Reasons;
import org.vfioap.cli.message.UserError;
import org.vfioap.cli.picture.ApqnMap;
import org.vfioap.cli.picture.JsonPicture;
import org.vfioap.cli.picture.SvgPicture;
import org.vfioap.cli.picture.TerminalPicture;
import org.vfioap.cli.session.Example;
import org.vfioap.cli.session.Screen;
import org.vfioap.cli.translation.HostChoice;
import org.vfioap.host.ApHost;
import org.vfioap.machine.Machine;
import org.vfioap.place.RunningMachine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Draws who owns each APQN of a machine. */
@Command(
    name = "matrix",
    mixinStandardHelpOptions = true,
    header = "Draws who owns each APQN of a machine.",
    description =
        "A row per adapter and a column per domain; a queue belongs to the host's drivers, to"
            + " vfio_ap, to an mdev or to a guest. Without MACHINE it draws the document's example"
            + " with its three guests running.")
final class MatrixCommand implements Callable<Integer> {
  /** To the upper left corner, and away with everything. */
  private static final String CLEAR = "\033[H\033[2J";

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "MACHINE",
      description = "A running machine, a machine file or a preset (see 'vfioap machine list').")
  private @Nullable String machine;

  @Option(
      names = "--svg",
      paramLabel = "FILE",
      description = "Writes the picture as SVG to this file, or to standard output if it is '-'.")
  private @Nullable Path svg;

  @Option(
      names = {"-f", "--follow"},
      description = "Draws a running machine again whenever it changes, until Ctrl-C.")
  private boolean follow;

  @Option(names = "--json", description = "Prints a JSON object; see docs/json.md.")
  private boolean json;

  @Override
  public Integer call() {
    if (json && svg != null) {
      throw new UserError("--json and --svg exclude each other");
    }
    if (follow && svg != null) {
      throw new UserError("--follow and --svg exclude each other");
    }
    if (machine != null) {
      String name = machine;
      return RunningMachine.find(name)
          .map(this::draw)
          .orElseGet(() -> draw(boot(name), Optional.of(name)));
    }
    if (follow) {
      throw new UserError("--follow is for a running machine: vfioap matrix NAME -f");
    }
    Screen nowhere = new Screen(new PrintWriter(Writer.nullWriter()), Ansi.OFF);
    ApHost host = Machine.preset("document").boot();
    try (Example example = new Example(host, nowhere)) {
      example.startThreeGuests();
      return draw(host, Optional.empty());
    }
  }

  private static ApHost boot(String name) {
    boolean preset = name.startsWith(HostChoice.PRESET);
    return Machine.find(preset ? name.substring(HostChoice.PRESET.length()) : name).boot();
  }

  private String form() {
    if (json) {
      return "json";
    }
    String terminal = ansi().enabled() ? "ansi" : "plain";
    return svg == null ? terminal : "svg";
  }

  private Ansi ansi() {
    return spec.commandLine().getColorScheme().ansi();
  }

  private int draw(RunningMachine place) {
    HostChoice.noteAbout(place)
        .ifPresent(note -> spec.commandLine().getErr().println("vfioap: " + note));
    if (follow) {
      place.tell(List.of("matrix", form(), "follow", place.name()), this::show);
      return 0;
    }
    StringBuilder picture = new StringBuilder();
    place.tell(List.of("matrix", form(), place.name()), picture::append);
    return print(picture.toString());
  }

  /** A terminal shows the newest picture, a pipe all of them. */
  private void show(String picture) {
    PrintWriter out = spec.commandLine().getOut();
    if (!picture.isEmpty()) {
      out.print((ansi().enabled() ? CLEAR : "") + picture + (json || ansi().enabled() ? "" : "\n"));
    }
    out.flush();
    if (out.checkError()) {
      throw new UserError("nobody reads the pictures any more");
    }
  }

  private int draw(ApHost host, Optional<String> name) {
    if (follow) {
      throw new UserError(
          "no machine called '" + name.orElse("") + "' is running: only such a one changes");
    }
    ApqnMap map = ApqnMap.of(host);
    return print(
        switch (form()) {
          case "svg" -> new SvgPicture(map, name.orElse("the document's example")).draw();
          case "json" -> new JsonPicture(map).draw();
          default -> new TerminalPicture(map, ansi(), name).draw();
        });
  }

  private int print(String picture) {
    if (svg == null || svg.toString().equals("-")) {
      spec.commandLine().getOut().print(picture);
      spec.commandLine().getOut().flush();
      return 0;
    }
    try {
      Files.writeString(svg, picture);
      return 0;
    } catch (IOException e) {
      throw new UserError("cannot write " + svg + ": " + Reasons.of(e));
    }
  }
}
