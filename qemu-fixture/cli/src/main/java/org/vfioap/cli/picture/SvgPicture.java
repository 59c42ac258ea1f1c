package org.vfioap.cli.picture;

import java.util.List;
import java.util.Locale;
import org.vfioap.ap.Apqn;
import org.vfioap.cli.picture.ApqnMap.Cell;
import org.vfioap.cli.picture.ApqnMap.Use;
import org.vfioap.host.MdevState;

/** The picture as an SVG document: every cell says in a tooltip who owns it. */
public final class SvgPicture {
  private static final int LEFT = 110;
  private static final int TOP = 70;
  private static final List<String> MDEV_COLOURS =
      List.of("#d55e00", "#cc79a7", "#e69f00", "#56b4e9", "#8c564b", "#9467bd", "#bcbd22");

  private final ApqnMap map;
  private final int size;

  /** Prepares a picture. */
  public SvgPicture(ApqnMap map) {
    this.map = map;
    size = map.domains().size() > 64 || map.adapters().size() > 64 ? 6 : 28;
  }

  /** Draws the picture. */
  public String draw() {
    int width = LEFT + Math.max(map.domains().size() * size, 420) + 20;
    int height = TOP + map.adapters().size() * size + 60 + 20 * (map.mdevs().size() + 1);
    StringBuilder svg = new StringBuilder();
    add(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
            + " viewBox=\"0 0 %d %d\" font-family=\"monospace\" font-size=\"12\">",
        width,
        height,
        width,
        height);
    add(svg, "<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>");
    add(svg, "<text x=\"10\" y=\"22\" font-size=\"16\">Who owns each AP queue</text>");
    addColumns(svg);
    for (int row = 0; row < map.adapters().size(); row++) {
      addRow(svg, row);
    }
    addLegend(svg, TOP + map.adapters().size() * size + 30);
    add(svg, "</svg>");
    return svg.toString();
  }

  private static void add(StringBuilder svg, String format, Object... arguments) {
    svg.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }

  private int step() {
    return size < 20 ? 16 : 1;
  }

  private void addColumns(StringBuilder svg) {
    for (int column = 0; column < map.domains().size(); column += step()) {
      int x = LEFT + column * size + size / 2;
      add(
          svg,
          "<text x=\"%d\" y=\"%d\" text-anchor=\"start\" font-size=\"10\""
              + " transform=\"rotate(-60 %d %d)\">%04x</text>",
          x,
          TOP - 6,
          x,
          TOP - 6,
          map.domains().get(column));
    }
  }

  private void addRow(StringBuilder svg, int row) {
    int adapter = map.adapters().get(row);
    int y = TOP + row * size;
    if (row % step() == 0) {
      String type = map.types().getOrDefault(adapter, "-");
      add(svg, "<text x=\"10\" y=\"%d\">%02x %s</text>", y + size / 2 + 4, adapter, type);
    }
    for (int column = 0; column < map.domains().size(); column++) {
      Apqn apqn = Apqn.of(adapter, map.domains().get(column));
      Cell cell = map.cells().get(apqn);
      add(
          svg,
          "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\" fill-opacity=\"%s\""
              + " stroke=\"#ffffff\"><title>%s</title></rect>",
          LEFT + column * size,
          y,
          size,
          size,
          colour(cell),
          cell != null && cell.use() == Use.ASSIGNED ? "0.45" : "1",
          escape(map.describe(apqn)));
    }
  }

  private static String colour(@org.jspecify.annotations.Nullable Cell cell) {
    if (cell == null) {
      return "#f2f2f2";
    }
    return switch (cell.use()) {
      case HOST -> "#0072b2";
      case FREE -> "#009e73";
      case UNBOUND -> "#999999";
      case ASSIGNED, IN_USE -> mdevColour(cell.mdev().orElse(0));
    };
  }

  private static String mdevColour(int mdev) {
    return MDEV_COLOURS.get(mdev % MDEV_COLOURS.size());
  }

  private void addLegend(StringBuilder svg, int top) {
    addKey(svg, 10, top, "#0072b2", "1", Use.HOST.label());
    addKey(svg, 80, top, "#009e73", "1", Use.FREE.label());
    addKey(svg, 210, top, "#999999", "1", Use.UNBOUND.label());
    addKey(svg, 310, top, "#f2f2f2", "1", "no queue");
    for (int i = 0; i < map.mdevs().size(); i++) {
      MdevState mdev = map.mdevs().get(i);
      boolean used = mdev.guest().isPresent();
      String user = used ? "in use by " + mdev.guest().orElseThrow() : "assigned";
      addKey(
          svg,
          10,
          top + 20 * (i + 1),
          mdevColour(i),
          used ? "1" : "0.45",
          mdev.uuid() + " " + user);
    }
  }

  private static void addKey(
      StringBuilder svg, int x, int y, String colour, String opacity, String text) {
    add(
        svg,
        "<rect x=\"%d\" y=\"%d\" width=\"12\" height=\"12\" fill=\"%s\" fill-opacity=\"%s\"/>",
        x,
        y - 10,
        colour,
        opacity);
    add(svg, "<text x=\"%d\" y=\"%d\">%s</text>", x + 18, y, escape(text));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
