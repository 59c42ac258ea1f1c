package org.vfioap.junit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Counts entries of a journal and tells the nearest. */
final class Tally<E> implements Verification {
  private static final int SHOWN = 3;

  private final String verb;
  private final String wanted;
  private final Supplier<List<E>> entries;
  private final Reading<E> reading;
  private final Map<String, Object> values = new LinkedHashMap<>();

  /**
   * How entries are read.
   *
   * @param name returns the name of an entry
   * @param matches tells whether an entry has the wanted name
   * @param value returns a value of an entry as text, or null
   */
  record Reading<E>(
      Function<E, String> name,
      Predicate<String> matches,
      BiFunction<E, String, @Nullable String> value) {}

  Tally(String verb, String wanted, Supplier<List<E>> entries, Reading<E> reading) {
    this.verb = verb;
    this.wanted = wanted;
    this.entries = entries;
    this.reading = reading;
  }

  @Override
  public Verification with(String name, Object value) {
    values.put(name, value);
    return this;
  }

  private boolean isNamed(E entry) {
    return reading.matches.test(reading.name.apply(entry));
  }

  private boolean fits(E entry) {
    return isNamed(entry) && values.keySet().stream().noneMatch(name -> differs(entry, name));
  }

  private boolean differs(E entry, String name) {
    return !String.valueOf(values.get(name)).equals(reading.value.apply(entry, name));
  }

  @Override
  public void times(int number) {
    List<E> all = entries.get();
    long found = all.stream().filter(this::fits).count();
    if (found != number) {
      throw new AssertionError(told(count(number), found, all));
    }
  }

  private static String count(int number) {
    return number == 1 ? "once" : number == 0 ? "never" : number + " times";
  }

  private String told(String often, long found, List<E> all) {
    StringBuilder text = new StringBuilder(200);
    text.append(wanted).append(" was to be ").append(verb).append(' ').append(often);
    values.forEach(
        (name, value) ->
            text.append(", with ").append(name).append(" \"").append(value).append('"'));
    text.append(", but was ").append(found).append(found == 1 ? " time" : " times").append('\n');
    List<E> near =
        all.stream().sorted(Comparator.comparingInt(this::distance)).limit(SHOWN).toList();
    for (E each : near) {
      text.append("\n  nearest: ").append(all.indexOf(each) + 1).append(". of ").append(all.size());
      text.append(": ").append(reading.name.apply(each));
      differences(each).forEach(line -> text.append("\n    ").append(line));
    }
    text.append("\n\n").append(verb).append(": ");
    return text.append(String.join(", ", all.stream().map(reading.name).toList())).toString();
  }

  private List<String> differences(E entry) {
    List<String> lines = new ArrayList<>();
    values.forEach(
        (name, value) -> {
          String actual = reading.value.apply(entry, name);
          String mark = differs(entry, name) ? "   <<< differs" : "";
          lines.add(name + ": wanted \"" + value + "\", was " + quoted(actual) + mark);
        });
    return lines;
  }

  private static String quoted(@Nullable String text) {
    return text == null ? "not there" : '"' + text + '"';
  }

  private int distance(E entry) {
    String name = reading.name.apply(entry);
    int all = isNamed(entry) ? 0 : 1000 + Nearest.distance(wanted, name);
    for (Map.Entry<String, Object> each : values.entrySet()) {
      String actual = reading.value.apply(entry, each.getKey());
      all += Nearest.distance(String.valueOf(each.getValue()), actual == null ? "" : actual);
    }
    return all;
  }

  @Override
  public Verification inOrder(String... next) {
    List<E> all = entries.get();
    List<String> names = all.stream().map(reading.name).toList();
    int at = -1;
    for (int i = 0; i < all.size() && at < 0; i++) {
      at = fits(all.get(i)) ? i : -1;
    }
    for (String each : next) {
      int later = at < 0 ? -1 : names.subList(at + 1, names.size()).indexOf(each);
      if (later < 0) {
        throw new AssertionError(
            wanted
                + " and then "
                + String.join(", ", next)
                + " were to be "
                + verb
                + "; "
                + each
                + " did not come then: "
                + String.join(", ", names));
      }
      at += later + 1;
    }
    return this;
  }
}
