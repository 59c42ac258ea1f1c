package org.vfioap.ap;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.vfioap.kernel.Errno;

/**
 * The files of cards and queues that are at fault: what a machine on which everything works has
 * none of. Safe for use by several threads.
 */
public final class Faults {
  private final Map<Place, Fault> faults = new ConcurrentHashMap<>();

  /** Creates those of hardware on which everything works. */
  public Faults() {}

  /**
   * A file.
   *
   * @param device {@code card05} or {@code 05.0004}
   * @param attribute the file's name
   */
  public record Place(String device, String attribute) implements Comparable<Place> {
    private static final Pattern DEVICE =
        Pattern.compile("card[0-9a-f]{2}|[0-9a-f]{2}[.]00[0-9a-f]{2}");
    private static final Pattern ATTRIBUTE = Pattern.compile("[A-Za-z_]+");

    /**
     * Returns a file, whether or not there is one.
     *
     * @throws IllegalArgumentException if the device's name is not one of a card or queue, or the
     *     file's name not one of a file that a driver has
     */
    public static Place of(String device, String attribute) {
      if (!ATTRIBUTE.matcher(attribute).matches()) {
        throw new IllegalArgumentException(
            "'" + attribute + "' is not a file of a device; allowed: a name such as mkvps");
      }
      return new Place(checkDevice(device), attribute);
    }

    /**
     * Returns the name if it is one of a card or queue.
     *
     * @throws IllegalArgumentException if not
     */
    public static String checkDevice(String name) {
      if (!DEVICE.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "'" + name + "' is not a card or queue; allowed: names such as card05 and 05.00ab");
      }
      return name;
    }

    @Override
    public int compareTo(Place other) {
      int byDevice = device.compareTo(other.device);
      return byDevice != 0 ? byDevice : attribute.compareTo(other.attribute);
    }

    /** Returns {@code 05.0004/mkvps}. */
    @Override
    public String toString() {
      return device + "/" + attribute;
    }
  }

  /** Whoever uses the file from now on meets the fault. */
  public void set(Place place, Fault fault) {
    faults.put(place, fault);
  }

  /** The file works again. */
  public void clear(Place place) {
    faults.remove(place);
  }

  /** Returns the faults that are there now. */
  public Map<Place, Fault> all() {
    return new TreeMap<>(faults);
  }

  /** Returns what somebody gets who reads the file; an event that happens once has happened. */
  public Optional<Errno> onRead(String device, String attribute) {
    return meet(device, attribute, fault -> fault.errno().isPresent() && fault.reads());
  }

  /** Returns what somebody gets who writes the file; an event that happens once has happened. */
  public Optional<Errno> onWrite(String device, String attribute) {
    return meet(device, attribute, fault -> fault.errno().isPresent() && fault.writes());
  }

  /** Tells whether a signal interrupts the question that the file asks; likewise. */
  public boolean interrupts(String device, String attribute) {
    return !faults.isEmpty()
        && take(device, attribute, fault -> fault.errno().isEmpty()).isPresent();
  }

  private Optional<Errno> meet(String device, String attribute, Predicate<Fault> meant) {
    return faults.isEmpty()
        ? Optional.empty()
        : take(device, attribute, meant).flatMap(Fault::errno);
  }

  private Optional<Fault> take(String device, String attribute, Predicate<Fault> meant) {
    Place place = new Place(device, attribute);
    Optional<Fault> fault = Optional.ofNullable(faults.get(place)).filter(meant);
    // Of two who come at the same time only one meets what happens once.
    return fault.filter(met -> !met.once() || faults.remove(place, met));
  }
}
