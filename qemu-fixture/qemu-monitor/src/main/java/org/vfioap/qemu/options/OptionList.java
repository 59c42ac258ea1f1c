package org.vfioap.qemu.options;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qapi.Refusals;
import org.vfioap.qemu.scalar.Numbers;
import org.vfioap.qemu.scalar.SizeText;
import org.vfioap.qemu.scalar.Switches;

/**
 * What one option of the command line may hold: its keys with their types, and the key of a first
 * value without one. Source: the QemuOptsList tables of QEMU 7.2, as {@code
 * query-command-line-options} lists them, and util/qemu-option.c.
 *
 * @param name the name of the list in messages
 * @param impliedKey empty if there is none
 * @param merges whether all options of the command line make one, which has no identifier
 * @param keys the type of each key: {@code bool}, {@code num}, {@code size}, {@code str}; if there
 *     are none, any key is taken as text
 */
public record OptionList(String name, String impliedKey, boolean merges, Map<String, String> keys) {
  /** Says whether any key is taken. */
  public boolean takesAny() {
    return keys.isEmpty();
  }

  /** Reads the text of one option. */
  public OptionString read(String text) {
    return OptionString.parse(text, impliedKey);
  }

  /**
   * Checks an option.
   *
   * @param known the identifiers of the list so far; the option's own is added
   * @throws QemuError if the identifier, a key or a value is refused
   */
  public void check(OptionString options, Set<String> known) throws QemuError {
    Optional<String> id = options.id();
    if (id.isPresent()) {
      checkId(id.get(), known);
    }
    for (OptionString.Entry each : options.entries()) {
      checkValue(each.key(), each.value());
    }
  }

  private void checkId(String id, Set<String> known) throws QemuError {
    if (merges) {
      throw invalid("id");
    }
    Identifiers.check(id);
    if (!known.add(id)) {
      throw QemuError.generic("Duplicate ID '" + id + "' for " + name);
    }
  }

  /**
   * Checks one value.
   *
   * @throws QemuError if the key is unknown or the value is not of its type
   */
  public void checkValue(String key, String value) throws QemuError {
    if (takesAny()) {
      return;
    }
    String type = keys.get(key);
    if (type == null) {
      throw invalid(key);
    }
    switch (type) {
      case "bool" -> checkSwitch(key, value);
      case "num" -> checkNumber(key, value);
      case "size" -> size(key, value, 1);
      default -> {}
    }
  }

  private static QemuError invalid(String key) {
    return QemuError.generic("Invalid parameter '" + key + "'");
  }

  private static void checkSwitch(String key, String value) throws QemuError {
    if (!Switches.isSwitch(value)) {
      throw Refusals.expects(key, "'on' or 'off'");
    }
  }

  private static void checkNumber(String key, String value) throws QemuError {
    BigInteger number = Numbers.whole(value).orElseThrow(() -> Refusals.expects(key, "a number"));
    if (number.abs().bitLength() > Long.SIZE) {
      throw QemuError.generic("Value '" + value + "' is too large for parameter '" + key + "'");
    }
  }

  /**
   * Returns a size in bytes.
   *
   * @throws QemuError if the text is no size or 64 bits do not hold it
   */
  public static SizeText size(String key, String value, long unit) throws QemuError {
    SizeText size =
        SizeText.parse(value, unit)
            .orElseThrow(
                () ->
                    Refusals.expects(key, "a non-negative number below 2^64")
                        .withHint(
                            """
                            Optional suffix k, M, G, T, P or E means kilo-, mega-, giga-, tera-, peta-
                            and exabytes, respectively.
                            """));
    if (size.bytes().isEmpty()) {
      throw QemuError.generic("Value '" + value + "' is out of range for parameter '" + key + "'");
    }
    return size;
  }

  /** Returns the text that {@code help} among the values prints. */
  public String help() {
    StringBuilder text = new StringBuilder(name + " options:\n");
    new TreeMap<>(keys)
        .forEach((key, type) -> text.append("  " + key + "=<" + shown(type) + ">\n"));
    return text.toString();
  }

  private static String shown(String type) {
    return type.equals("bool") ? "bool (on/off)" : type;
  }

  static OptionList parse(String line) {
    String[] words = line.split(" +", -1);
    Map<String, String> keys = new LinkedHashMap<>();
    for (int i = 2; i < words.length; i++) {
      int colon = words[i].indexOf(':');
      for (String key : words[i].substring(colon + 1).split(",", -1)) {
        keys.put(key, words[i].substring(0, colon));
      }
    }
    boolean merges = words[0].endsWith("+");
    String name = merges ? words[0].substring(0, words[0].length() - 1) : words[0];
    return new OptionList(name, words[1].equals("-") ? "" : words[1], merges, keys);
  }
}
