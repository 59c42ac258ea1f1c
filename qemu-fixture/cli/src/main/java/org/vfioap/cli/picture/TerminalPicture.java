package org.vfioap.cli.picture;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.vfioap.ap.Apqn;
import org.vfioap.cli.picture.ApqnMap.Cell;
import org.vfioap.host.MdevState;
import picocli.CommandLine.Help.Ansi;

/**
 * The picture for a terminal: a row per adapter, a column per domain, a legend below. It fits 80
 * columns: many domains stand in several blocks, one below the other.
 */
public final class TerminalPicture {
  private static final int MARGIN = 10;
  private static final int MOST_WIDE = 14;
  private static final int IN_A_BLOCK = 64;

  private final ApqnMap map;
  private final Ansi ansi;
  private final Optional<String> machine;

  /** Prepares a picture; colours only if {@code ansi} is enabled. */
  public TerminalPicture(ApqnMap map, Ansi ansi) {
    this(map, ansi, Optional.empty());
  }

  /** Prepares a picture with the machine's name above it, if it has one. */
  public TerminalPicture(ApqnMap map, Ansi ansi, Optional<String> machine) {
    this.map = map;
    this.ansi = ansi;
    this.machine = machine;
  }

  /** Draws the picture. */
  public String draw() {
    StringBuilder picture = new StringBuilder();
    machine.ifPresent(name -> picture.append("machine ").append(name).append('\n'));
    if (map.adapters().isEmpty()) {
      return picture
          .append("No AP queues: the host has no adapters or no domains, and no mdev has both.\n")
          .toString();
    }
    List<Integer> domains = map.domains();
    for (int first = 0; first < domains.size(); first += IN_A_BLOCK) {
      picture.append(first == 0 ? "" : "\n");
      addBlock(picture, domains.subList(first, Math.min(first + IN_A_BLOCK, domains.size())));
    }
    addLegend(picture);
    return picture.toString();
  }

  private void addBlock(StringBuilder picture, List<Integer> domains) {
    addHeader(picture, domains);
    for (int adapter : map.adapters()) {
      addRow(picture, adapter, domains);
    }
  }

  /** Columns stand close when there are many: then the number is read from top to bottom. */
  private boolean isWide() {
    return map.domains().size() <= MOST_WIDE;
  }

  private void addHeader(StringBuilder picture, List<Integer> domains) {
    if (isWide()) {
      picture.append(" ".repeat(MARGIN));
      domains.forEach(domain -> picture.append(String.format(" %04x", domain)));
      picture.append('\n');
      return;
    }
    for (int digit = 0; digit < 4; digit++) {
      picture.append(" ".repeat(MARGIN + 1));
      for (int domain : domains) {
        picture.append(String.format(Locale.ROOT, "%04x", domain).charAt(digit));
      }
      picture.append('\n');
    }
  }

  private void addRow(StringBuilder picture, int adapter, List<Integer> domains) {
    String type = map.types().getOrDefault(adapter, "-");
    picture.append(String.format("%02x %-7s", adapter, type));
    if (!isWide()) {
      picture.append(' ');
    }
    for (int domain : domains) {
      Cell cell = map.cells().get(Apqn.of(adapter, domain));
      picture.append(isWide() ? "    " : "").append(cell == null ? " " : styled(cell));
    }
    picture.append('\n');
  }

  private String styled(Cell cell) {
    String style =
        switch (cell.use()) {
          case HOST -> "blue";
          case FREE -> "green";
          case UNBOUND -> "faint";
          case ASSIGNED -> "yellow";
          case IN_USE -> "bold,red";
        };
    return ansi.new Text("@|" + style + " " + cell.symbol() + "|@").toString();
  }

  private void addLegend(StringBuilder picture) {
    picture.append("\n# host   . vfio_ap, free   - no driver   a assigned   A in use by a guest\n");
    List<MdevState> mdevs = map.mdevs();
    for (int i = 0; i < mdevs.size(); i++) {
      MdevState mdev = mdevs.get(i);
      String user = mdev.guest().map(guest -> "guest " + guest).orElse("no guest");
      picture.append(String.format("%c %s  %s%n", ApqnMap.letter(i), mdev.uuid(), user));
    }
    long missing = map.cells().values().stream().filter(cell -> !cell.device()).count();
    if (missing > 0) {
      picture.append(missing).append(" assigned APQNs have no queue device yet\n");
    }
  }
}
