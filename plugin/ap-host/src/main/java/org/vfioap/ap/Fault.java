package org.vfioap.ap;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.vfioap.kernel.Errno;

/**
 * What is wrong with a file of a card or queue.
 *
 * @param errno what a system call gets; empty if a signal interrupts the question to the
 *     coprocessor that the file asks, so that it shows what is not known
 * @param reads whether reads meet it
 * @param writes whether writes meet it
 * @param once whether it is gone after somebody met it
 */
public record Fault(Optional<Errno> errno, boolean reads, boolean writes, boolean once) {
  /** What {@link #parse} accepts, for messages. */
  public static final String ALLOWED =
      Arrays.stream(Errno.values()).map(Errno::name).collect(Collectors.joining(", "))
          + " or interrupted; then read or write, if only that meets it; then once, if only the"
          + " first one does";

  private static final String INTERRUPTED = "interrupted";
  private static final List<String> ASKING =
      List.of("mkvps", "op_modes", "serialnr", "API_ordinalnr", "FW_version");

  /**
   * Reads {@code EIO}, {@code EIO read once} or {@code interrupted once}.
   *
   * @throws IllegalArgumentException for any other text; the message tells what is allowed
   */
  public static Fault parse(String text) {
    List<String> words = Arrays.asList(text.strip().split("\\s+", -1));
    boolean interrupted = words.get(0).equalsIgnoreCase(INTERRUPTED);
    Optional<Errno> errno = interrupted ? Optional.empty() : Optional.of(errno(words.get(0), text));
    List<String> rest = words.subList(1, words.size());
    boolean once = !rest.isEmpty() && rest.get(rest.size() - 1).equals("once");
    List<String> operation = once ? rest.subList(0, rest.size() - 1) : rest;
    return switch (String.join(" ", operation)) {
      case "" -> new Fault(errno, true, !interrupted, once);
      case "read" -> new Fault(errno, true, false, once);
      case "write" -> {
        if (interrupted) {
          throw wrong(text);
        }
        yield new Fault(errno, false, true, once);
      }
      default -> throw wrong(text);
    };
  }

  /**
   * Returns this fault, if a file can have it.
   *
   * @throws IllegalArgumentException if it interrupts a question and the file asks none
   */
  public Fault at(Faults.Place place) {
    if (errno.isEmpty() && !ASKING.contains(place.attribute())) {
      throw new IllegalArgumentException(
          place.attribute()
              + " asks no coprocessor that could be interrupted; allowed: interrupted for "
              + String.join(", ", ASKING));
    }
    return this;
  }

  private static Errno errno(String word, String text) {
    return Arrays.stream(Errno.values())
        .filter(errno -> errno.name().equals(word.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() -> wrong(text));
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException("fault '" + text + "' is unknown; allowed: " + ALLOWED);
  }

  /** Returns the words that {@link #parse} reads. */
  @Override
  public String toString() {
    String what = errno.map(Errno::name).orElse(INTERRUPTED);
    String where = errno.isEmpty() || reads == writes ? "" : reads ? " read" : " write";
    return what + where + (once ? " once" : "");
  }
}
