package org.vfioap.cli.picture;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.vfioap.ap.Apqn;
import org.vfioap.cli.picture.ApqnMap.Cell;
import org.vfioap.cli.picture.ApqnMap.Use;
import org.vfioap.host.MdevState;

/**
 * The picture as an SVG document. In each row, cells of one owner are one shape with a tooltip that
 * names owner and queues; where there is room, cells have the letters of {@link TerminalPicture}.
 */
public final class SvgPicture {
  private static final int LEFT = 110;
  private static final int TOP = 70;
  private static final int MOST_LARGE = 64;
  private static final int LARGE = 28;
  private static final int SMALL = 6;
  private static final String NO_QUEUE = "#f2f2f2";
  private static final List<String> MDEV_COLOURS =
      List.of("#d55e00", "#cc79a7", "#e69f00", "#56b4e9", "#8c564b", "#9467bd", "#bcbd22");

  private final ApqnMap map;
  private final String machine;
  private final int size;
  private final StringBuilder svg = new StringBuilder();

  /** A run of neighbours, as columns. */
  private record Run(int first, int last) {}

  /** Prepares a picture of the machine of this name. */
  public SvgPicture(ApqnMap map, String machine) {
    this.map = map;
    this.machine = machine;
    boolean large = map.domains().size() <= MOST_LARGE && map.adapters().size() <= MOST_LARGE;
    size = large ? LARGE : SMALL;
  }

  /** Draws the picture. */
  public String draw() {
    int columns = map.domains().size() * size;
    int rows = map.adapters().size() * size;
    int width = LEFT + Math.max(columns, 420) + 20;
    int height = TOP + rows + 60 + 20 * (map.mdevs().size() + 1);
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
            + " viewBox=\"0 0 %d %d\" font-family=\"monospace\" font-size=\"12\">",
        width, height, width, height);
    add("<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>");
    add(
        "<text x=\"10\" y=\"22\" font-size=\"16\">Who owns each AP queue of %s</text>",
        escape(machine));
    add(
        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>",
        LEFT, TOP, columns, rows, NO_QUEUE);
    addColumns();
    for (int row = 0; row < map.adapters().size(); row++) {
      addRow(row);
    }
    addLegend(TOP + rows + 30);
    add("</svg>");
    return svg.toString();
  }

  private void add(String format, Object... arguments) {
    svg.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }

  private boolean isLarge() {
    return size == LARGE;
  }

  private int step() {
    return isLarge() ? 1 : 16;
  }

  private void addColumns() {
    for (int column = 0; column < map.domains().size(); column += step()) {
      int x = LEFT + column * size + size / 2;
      add(
          "<text x=\"%d\" y=\"%d\" text-anchor=\"start\" font-size=\"10\""
              + " transform=\"rotate(-60 %d %d)\">%04x</text>",
          x, TOP - 6, x, TOP - 6, map.domains().get(column));
    }
  }

  private void addRow(int row) {
    int adapter = map.adapters().get(row);
    int y = TOP + row * size;
    if (row % step() == 0) {
      String type = map.types().getOrDefault(adapter, "-");
      add("<text x=\"10\" y=\"%d\">%02x %s</text>", y + size / 2 + 4, adapter, escape(type));
    }
    runs(adapter).forEach((cell, runs) -> addShape(adapter, y, cell, runs));
    if (isLarge()) {
      addLetters(adapter, y + size / 2 + 4);
    }
  }

  /** Returns the runs of each owner in a row. */
  private Map<Cell, List<Run>> runs(int adapter) {
    Map<Cell, List<Run>> all = new LinkedHashMap<>();
    for (int column = 0; column < map.domains().size(); column++) {
      Cell cell = map.cells().get(Apqn.of(adapter, map.domains().get(column)));
      if (cell == null) {
        continue;
      }
      List<Run> runs = all.computeIfAbsent(cell, unused -> new ArrayList<>());
      int last = runs.size() - 1;
      if (last >= 0 && runs.get(last).last() == column - 1) {
        runs.set(last, new Run(runs.get(last).first(), column));
      } else {
        runs.add(new Run(column, column));
      }
    }
    return all;
  }

  private void addShape(int adapter, int y, Cell cell, List<Run> runs) {
    StringBuilder path = new StringBuilder();
    for (Run run : runs) {
      int step = isLarge() ? 1 : run.last() - run.first() + 1;
      for (int column = run.first(); column <= run.last(); column += step) {
        path.append(
            String.format(
                Locale.ROOT, "M%d %dh%dv%dh-%dz", x(column), y, step * size, size, step * size));
      }
    }
    add(
        "<path d=\"%s\" fill=\"%s\"%s%s><title>%s</title></path>",
        path,
        colour(cell),
        cell.use() == Use.ASSIGNED ? " fill-opacity=\"0.45\"" : "",
        isLarge() ? " stroke=\"#ffffff\"" : "",
        escape(names(adapter, runs) + ": " + map.describe(cell)));
  }

  private int x(int column) {
    return LEFT + column * size;
  }

  private String names(int adapter, List<Run> runs) {
    return runs.stream().map(run -> names(adapter, run)).collect(Collectors.joining(", "));
  }

  private String names(int adapter, Run run) {
    String first = Apqn.of(adapter, map.domains().get(run.first())).toString();
    return run.first() == run.last()
        ? first
        : first + " to " + Apqn.of(adapter, map.domains().get(run.last()));
  }

  /** One text with a place for each of its letters. */
  private void addLetters(int adapter, int y) {
    StringBuilder places = new StringBuilder();
    StringBuilder letters = new StringBuilder();
    for (int column = 0; column < map.domains().size(); column++) {
      Cell cell = map.cells().get(Apqn.of(adapter, map.domains().get(column)));
      if (cell != null) {
        places.append(places.isEmpty() ? "" : " ").append(x(column) + size / 2 - 4);
        letters.append(cell.symbol());
      }
    }
    add(
        "<text x=\"%s\" y=\"%d\" fill=\"#ffffff\" pointer-events=\"none\">%s</text>",
        places, y, letters);
  }

  private static String colour(Cell cell) {
    return switch (cell.use()) {
      case HOST -> "#0072b2";
      case FREE -> "#009e73";
      case UNBOUND -> "#767676";
      case ASSIGNED, IN_USE -> mdevColour(cell.mdev().orElse(0));
    };
  }

  private static String mdevColour(int mdev) {
    return MDEV_COLOURS.get(mdev % MDEV_COLOURS.size());
  }

  private void addLegend(int top) {
    addKey(10, top, "#0072b2", "1", "# " + Use.HOST.label());
    addKey(100, top, "#009e73", "1", ". " + Use.FREE.label());
    addKey(240, top, "#767676", "1", "- " + Use.UNBOUND.label());
    addKey(350, top, NO_QUEUE, "1", "no queue");
    for (int i = 0; i < map.mdevs().size(); i++) {
      MdevState mdev = map.mdevs().get(i);
      boolean used = mdev.guest().isPresent();
      String user = used ? "in use by " + mdev.guest().orElseThrow() : "assigned";
      String text = ApqnMap.letter(i) + " " + mdev.uuid() + " " + user;
      addKey(10, top + 20 * (i + 1), mdevColour(i), used ? "1" : "0.45", text);
    }
  }

  private void addKey(int x, int y, String colour, String opacity, String text) {
    add(
        "<rect x=\"%d\" y=\"%d\" width=\"12\" height=\"12\" fill=\"%s\" fill-opacity=\"%s\"/>",
        x, y - 10, colour, opacity);
    add("<text x=\"%d\" y=\"%d\">%s</text>", x + 18, y, escape(text));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
