package org.vfioap.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vfioap.ap.AdapterMode;
import org.vfioap.ap.KeyRegister;
import org.vfioap.ap.KeyValue;
import org.vfioap.ap.OperationMode;
import org.vfioap.ap.QueueState;

/**
 * A queue of a recorded host.
 *
 * @param directory below /sys
 * @param driver who has it, empty if nobody
 * @param override the name in driver_override, empty without one
 * @param keys the lines of mkvps, as a machine file has them, none if it does not say
 * @param modes the operation modes of EP11, likewise
 */
record QueueRecord(
    String directory,
    int domain,
    boolean isDeconfigured,
    boolean isCheckstopped,
    boolean isResetting,
    boolean isOffline,
    boolean isInUse,
    String driver,
    String override,
    List<String> keys,
    Optional<String> modes) {

  /** How names of drivers begin that reset a queue when they get it. */
  private static final String HOST_DRIVER = "cex";

  static QueueRecord read(Sysfs sysfs, String directory, AdapterMode mode) {
    boolean configured = !sysfs.isZero(directory + "/config");
    boolean checkstopped = sysfs.isOne(directory + "/chkstop");
    String driver = sysfs.property(directory, "DRIVER").orElse("");
    return new QueueRecord(
        directory,
        Integer.parseInt(directory.substring(directory.length() - 4), 16),
        !configured,
        checkstopped,
        driver.startsWith(HOST_DRIVER)
            && sysfs.line(directory + "/reset").orElse("").equals("Reset in progress."),
        sysfs.isZero(directory + "/online") && configured && !checkstopped,
        sysfs.line(directory + "/status").orElse("").equals("in use"),
        driver,
        sysfs.line(directory + "/driver_override").orElse(""),
        keys(sysfs.text(directory + "/mkvps").orElse(""), mode),
        mode == AdapterMode.EP11 ? modes(sysfs, directory + "/op_modes") : Optional.empty());
  }

  /** {@code 05.0004}. */
  String name() {
    return directory.substring(directory.lastIndexOf('/') + 1);
  }

  private static List<String> keys(String mkvps, AdapterMode mode) {
    List<String> keys = new ArrayList<>();
    boolean answered = false;
    for (String line : mkvps.lines().toList()) {
      String[] parts = line.split(": ", 2);
      Optional<KeyValue> value =
          parts.length == 2 ? value(parts[0], parts[1], mode) : Optional.empty();
      boolean known = value.filter(v -> !v.equals(KeyValue.UNKNOWN)).isPresent();
      answered |= known;
      value.ifPresent(v -> keys.add(parts[0] + ": " + (known ? v : "\"-\"")));
    }
    return answered ? keys : List.of();
  }

  private static Optional<KeyValue> value(String register, String text, AdapterMode mode) {
    try {
      return Optional.of(KeyRegister.parse(register, mode).value(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Reads op_modes as the list that a machine file has, empty if there is none. */
  static Optional<String> modes(Sysfs sysfs, String path) {
    return sysfs
        .line(path)
        .map(
            line ->
                Stream.of(line.split(" +", -1))
                    .filter(QueueRecord::isMode)
                    .collect(Collectors.joining(", ", "[", "]")));
  }

  private static boolean isMode(String word) {
    return Stream.of(OperationMode.values()).anyMatch(mode -> mode.label().equals(word));
  }

  /** Returns the state that differs from that of the card. */
  QueueState state(CardRecord card) {
    if (isDeconfigured && !card.isDeconfigured()) {
      return QueueState.DECONFIGURED;
    }
    if (isCheckstopped && !card.isCheckstopped()) {
      return QueueState.CHECKSTOPPED;
    }
    return isResetting && !isDeconfigured && !isCheckstopped
        ? QueueState.RESET_STUCK
        : QueueState.OK;
  }
}
