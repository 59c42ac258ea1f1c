package org.vfioap.cli.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.vfioap.ap.ApMask;
import org.vfioap.ap.Apqn;
import org.vfioap.bus.ApCard;
import org.vfioap.bus.ApQueue;
import org.vfioap.host.ApHost;
import org.vfioap.host.MdevState;

/**
 * Who owns each APQN of a host at one moment.
 *
 * @param adapters the rows: all adapters that the host has or an mdev was assigned
 * @param domains the columns, likewise
 * @param cells the owners; an APQN that nobody has is not there
 * @param mdevs all mdevs, oldest first
 * @param types what is known of each card, {@code CEX5C}
 */
public record ApqnMap(
    List<Integer> adapters,
    List<Integer> domains,
    Map<Apqn, Cell> cells,
    List<MdevState> mdevs,
    Map<Integer, String> types) {

  /** What an APQN is used for. */
  public enum Use {
    /** Bound to one of the host's own drivers. */
    HOST("host"),
    /** Bound to vfio_ap, and not assigned. */
    FREE("vfio_ap, free"),
    /** Has a device, but no driver. */
    UNBOUND("no driver"),
    /** Assigned to an mdev that no guest uses, or filtered from its guest. */
    ASSIGNED("assigned"),
    /** In a guest's APCB. */
    IN_USE("in use by a guest");

    private final String label;

    Use(String label) {
      this.label = label;
    }

    /** Returns the words for people. */
    public String label() {
      return label;
    }
  }

  /**
   * One APQN.
   *
   * @param use what it is used for
   * @param mdev the index of the mdev that it is assigned to, in {@link #mdevs}
   * @param device whether the host has a queue device for it
   */
  public record Cell(Use use, Optional<Integer> mdev, boolean device) {
    /** Returns the character of the cell: that of its use, or the letter of its mdev. */
    char symbol() {
      char letter = letter(mdev.orElse(0));
      return switch (use) {
        case HOST -> '#';
        case FREE -> '.';
        case UNBOUND -> '-';
        case ASSIGNED -> Character.toLowerCase(letter);
        case IN_USE -> letter;
      };
    }
  }

  /** Looks at a host. */
  public static ApqnMap of(ApHost host) {
    Map<Apqn, Cell> cells = new TreeMap<>();
    Map<Integer, String> types = new TreeMap<>();
    host.visitDevices(
        new ApHost.DeviceVisitor() {
          @Override
          public void card(ApCard card, String driver) {
            types.put(card.id().number(), card.typeString());
          }

          @Override
          public void queue(ApQueue queue, String driver) {
            cells.put(queue.apqn(), new Cell(use(driver), Optional.empty(), true));
          }
        });
    List<MdevState> mdevs = host.mdevs();
    for (int i = 0; i < mdevs.size(); i++) {
      assign(mdevs.get(i), i, cells);
    }
    return new ApqnMap(numbers(cells, true), numbers(cells, false), cells, mdevs, types);
  }

  private static Use use(String driver) {
    if (driver.isEmpty()) {
      return Use.UNBOUND;
    }
    return driver.equals("vfio_ap") ? Use.FREE : Use.HOST;
  }

  private static void assign(MdevState mdev, int index, Map<Apqn, Cell> cells) {
    for (int adapter : mdev.assigned().adapters().stream().toArray()) {
      for (int domain : mdev.assigned().domains().stream().toArray()) {
        Apqn apqn = Apqn.of(adapter, domain);
        boolean inGuest = mdev.guest().isPresent() && mdev.guestMatrix().has(adapter, domain);
        Use use = inGuest ? Use.IN_USE : Use.ASSIGNED;
        cells.put(apqn, new Cell(use, Optional.of(index), cells.containsKey(apqn)));
      }
    }
  }

  private static List<Integer> numbers(Map<Apqn, Cell> cells, boolean ofAdapters) {
    ApMask mask = ApMask.NONE;
    for (Apqn apqn : cells.keySet()) {
      mask = mask.with(ofAdapters ? apqn.adapter().number() : apqn.domain().number());
    }
    return new ArrayList<>(mask.stream().boxed().toList());
  }

  /** Returns the letter of an mdev: A to Z, and again from A. */
  static char letter(int mdev) {
    return (char) ('A' + mdev % 26);
  }

  /** Returns what a cell is, in words. */
  String describe(Cell cell) {
    String owner =
        cell.mdev()
            .map(mdevs::get)
            .map(m -> ", mdev " + m.uuid() + m.guest().map(g -> ", guest " + g).orElse(""))
            .orElse("");
    return cell.use().label() + owner + (cell.device() ? "" : ", no queue device");
  }
}
