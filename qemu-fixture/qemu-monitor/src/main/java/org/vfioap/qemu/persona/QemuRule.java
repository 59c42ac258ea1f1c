package org.vfioap.qemu.persona;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One rule that differs between versions of QEMU, with a value for each {@link QemuVersion}: a row
 * of the table {@link QemuRules}.
 *
 * @param <T> what the rule is about: whether there is something, a text
 */
public final class QemuRule<T> {
  private static final List<QemuRule<?>> ROWS = new ArrayList<>();

  private final String title;
  private final String source;
  private final Map<QemuVersion, T> values = new EnumMap<>(QemuVersion.class);

  private QemuRule(String title, String source) {
    this.title = title;
    this.source = source;
  }

  /** Adds a row: what QEMU 7.2 does, and the file or the recording that tells. */
  static <T> QemuRule<T> row(String title, String source, T oldest) {
    QemuRule<T> rule = new QemuRule<>(title, source);
    ROWS.add(rule);
    return rule.since(QemuVersion.V7_2, oldest);
  }

  /** Adds a row about something that QEMU 7.2 does not do. */
  static QemuRule<Boolean> added(String title, String source, QemuVersion first) {
    return row(title, source, false).since(first, true);
  }

  /** Adds a row about something that QEMU 7.2 does and others no longer do. */
  static QemuRule<Boolean> dropped(String title, String source, QemuVersion first) {
    return row(title, source, true).since(first, false);
  }

  /** Sets the value of a version and of all later ones, while the table is being built. */
  QemuRule<T> since(QemuVersion first, T value) {
    for (QemuVersion version : QemuVersion.values()) {
      if (version.compareTo(first) >= 0) {
        values.put(version, value);
      }
    }
    return this;
  }

  /** Returns the rows that were added so far, in order. */
  static List<QemuRule<?>> rows() {
    return List.copyOf(ROWS);
  }

  /** Returns the value for a version. */
  public T in(QemuVersion version) {
    return Objects.requireNonNull(values.get(version));
  }

  /** Returns the value for the version that this thread emulates. */
  public T now() {
    return in(QemuVersion.current());
  }

  /** Returns what the rule is about, in a few words (Markdown). */
  public String title() {
    return title;
  }

  /** Returns where the rule comes from. */
  public String source() {
    return source;
  }

  /** Returns the value for a version as people read it: yes, no, a text. */
  public String show(QemuVersion version) {
    T value = in(version);
    return value instanceof Boolean present ? (present ? "yes" : "no") : value.toString();
  }

  @Override
  public String toString() {
    return title + " (" + source + ")";
  }
}
