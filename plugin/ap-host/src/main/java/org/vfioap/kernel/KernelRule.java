package org.vfioap.kernel;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One rule that differs between kernels, with a value for each {@link KernelProfile}: a row of the
 * table {@link KernelRules}.
 *
 * @param <T> what the rule is about: whether there is something, an errno, a text, a choice
 */
public final class KernelRule<T> {
  private static final List<KernelRule<?>> ROWS = new ArrayList<>();

  private final String title;
  private final String source;
  private final Map<KernelProfile, T> values = new EnumMap<>(KernelProfile.class);

  private KernelRule(String title, String source) {
    this.title = title;
    this.source = source;
  }

  /** Adds a row: what the document says, and what Linux does from 6.1 on. */
  static <T> KernelRule<T> row(String title, String source, T documented, T linux) {
    KernelRule<T> rule = new KernelRule<>(title, source);
    ROWS.add(rule);
    return rule.since(KernelProfile.DOCUMENTED, documented).since(KernelProfile.LINUX_6_1, linux);
  }

  /** Adds a row about something that neither the document nor Linux 6.1 has. */
  static KernelRule<Boolean> added(String title, String source, KernelProfile first) {
    return row(title, source, false, false).since(first, true);
  }

  /** Sets the value of a kernel and of all later ones, while the table is being built. */
  KernelRule<T> since(KernelProfile first, T value) {
    for (KernelProfile profile : KernelProfile.values()) {
      if (profile.compareTo(first) >= 0) {
        values.put(profile, value);
      }
    }
    return this;
  }

  /** Returns the rows that were added so far, in order. */
  static List<KernelRule<?>> rows() {
    return List.copyOf(ROWS);
  }

  /** Returns the value for a kernel. */
  public T in(KernelProfile profile) {
    return Objects.requireNonNull(values.get(profile));
  }

  /** Returns what the rule is about, in a few words (Markdown). */
  public String title() {
    return title;
  }

  /** Returns the file and the function of Linux that the rule comes from. */
  public String source() {
    return source;
  }

  /** Returns the value for a kernel as people read it: yes, no, EBUSY, a text. */
  public String show(KernelProfile profile) {
    T value = in(profile);
    return value instanceof Boolean present ? (present ? "yes" : "no") : value.toString();
  }

  @Override
  public String toString() {
    return title + " (" + source + ")";
  }
}
