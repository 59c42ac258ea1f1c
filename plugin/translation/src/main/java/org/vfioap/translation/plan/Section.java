package org.vfioap.translation.plan;

import java.util.List;

/**
 * One form of what would be done.
 *
 * @param form a word for programs: {@code xml}, {@code sysfs}, {@code mdevctl}, {@code qmp}, {@code
 *     hmp}, {@code device}, {@code cpu}, {@code virsh}, {@code checks}, {@code notes}
 * @param title a heading for people
 * @param lines what would be written, sent or typed, in order
 */
public record Section(String form, String title, List<String> lines) {
  /** Copies the list. */
  public Section {
    lines = List.copyOf(lines);
  }

  static Section of(String form, String title, String... lines) {
    return new Section(form, title, List.of(lines));
  }
}
