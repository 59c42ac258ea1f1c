package org.vfioap.cli.picture;

import java.util.List;
import java.util.Locale;
import org.vfioap.ap.Apqn;
import org.vfioap.cli.picture.ApqnMap.Cell;
import org.vfioap.host.MdevState;
import picocli.CommandLine.Help.Ansi;

/** The picture for a terminal: a row per adapter, a column per domain, a legend below. */
public final class TerminalPicture {
  private static final int MARGIN = 10;

  private final ApqnMap map;
  private final Ansi ansi;

  /** Prepares a picture; colours only if {@code ansi} is enabled. */
  public TerminalPicture(ApqnMap map, Ansi ansi) {
    this.map = map;
    this.ansi = ansi;
  }

  /** Draws the picture. */
  public String draw() {
    if (map.adapters().isEmpty()) {
      return "No AP queues: the host has no adapters or no domains, and no mdev has both.\n";
    }
    StringBuilder picture = new StringBuilder();
    addHeader(picture);
    for (int adapter : map.adapters()) {
      addRow(picture, adapter);
    }
    addLegend(picture);
    return picture.toString();
  }

  /** Columns stand close when there are many: then the number is read from top to bottom. */
  private boolean isWide() {
    return map.domains().size() <= 16;
  }

  private void addHeader(StringBuilder picture) {
    if (isWide()) {
      picture.append(" ".repeat(MARGIN));
      map.domains().forEach(domain -> picture.append(String.format(" %04x", domain)));
      picture.append('\n');
      return;
    }
    for (int digit = 0; digit < 4; digit++) {
      picture.append(" ".repeat(MARGIN + 1));
      for (int domain : map.domains()) {
        picture.append(String.format(Locale.ROOT, "%04x", domain).charAt(digit));
      }
      picture.append('\n');
    }
  }

  private void addRow(StringBuilder picture, int adapter) {
    String type = map.types().getOrDefault(adapter, "-");
    picture.append(String.format("%02x %-7s", adapter, type));
    if (!isWide()) {
      picture.append(' ');
    }
    for (int domain : map.domains()) {
      Cell cell = map.cells().get(Apqn.of(adapter, domain));
      picture.append(isWide() ? "    " : "").append(symbol(cell));
    }
    picture.append('\n');
  }

  private String symbol(@org.jspecify.annotations.Nullable Cell cell) {
    if (cell == null) {
      return " ";
    }
    return switch (cell.use()) {
      case HOST -> styled("blue", "#");
      case FREE -> styled("green", ".");
      case UNBOUND -> styled("faint", "-");
      case ASSIGNED -> styled("yellow", String.valueOf(letter(cell)).toLowerCase(Locale.ROOT));
      case IN_USE -> styled("bold,red", String.valueOf(letter(cell)));
    };
  }

  private static char letter(Cell cell) {
    return ApqnMap.letter(cell.mdev().orElse(0) % 26);
  }

  private String styled(String style, String text) {
    return ansi.new Text("@|" + style + " " + text + "|@").toString();
  }

  private void addLegend(StringBuilder picture) {
    picture.append("\n# host   . vfio_ap, free   - no driver   a assigned   A in use by a guest\n");
    List<MdevState> mdevs = map.mdevs();
    for (int i = 0; i < mdevs.size(); i++) {
      MdevState mdev = mdevs.get(i);
      String user = mdev.guest().map(guest -> "guest " + guest).orElse("no guest");
      picture.append(String.format("%c %s  %s%n", ApqnMap.letter(i % 26), mdev.uuid(), user));
    }
    long missing = map.cells().values().stream().filter(cell -> !cell.device()).count();
    if (missing > 0) {
      picture.append(missing).append(" assigned APQNs have no queue device yet\n");
    }
  }
}
