package org.vfioap.qemu.persona;

import java.util.Optional;

/**
 * A QEMU that is emulated: its recordings, and a value for each of the {@link QemuRules}.
 *
 * <p>Constants are ordered: each one inherits the rules of the one before. Each thread that serves
 * a guest has one version for its whole life, {@link #current}; threads that it starts inherit it.
 */
public enum QemuVersion {
  /** QEMU 7.2.22 as Debian 12 ships it. */
  V7_2("7.2", "7.2.22", "Debian 1:7.2+dfsg-7+deb12u18+b3"),

  /** QEMU 10.0.13 as Debian 13 ships it. */
  V10_0("10.0", "10.0.13", "Debian 1:10.0.13+ds-0+deb13u1"),

  /** QEMU 11.1.2 as Debian testing shipped it in November 2026. */
  V11_1("11.1", "11.1.2", "Debian 1:11.1.2+ds-3");

  /** The version of a thread that chose none: the one that every supported libvirt can use. */
  public static final QemuVersion DEFAULT = V7_2;

  private static final ThreadLocal<QemuVersion> CURRENT = new InheritableThreadLocal<>();

  private final String label;
  private final String number;
  private final String distributor;

  QemuVersion(String label, String number, String distributor) {
    this.label = label;
    this.number = number;
    this.distributor = distributor;
  }

  /** Returns the version that this thread emulates. */
  public static QemuVersion current() {
    QemuVersion chosen = CURRENT.get();
    return chosen == null ? DEFAULT : chosen;
  }

  /** Lets this thread, and those that it starts from now on, emulate this version. */
  public void enter() {
    CURRENT.set(this);
  }

  /** Finds a version by the name that users write: {@code 10.0}. */
  public static Optional<QemuVersion> find(String name) {
    for (QemuVersion version : values()) {
      if (version.label.equals(name)) {
        return Optional.of(version);
      }
    }
    return Optional.empty();
  }

  /**
   * Finds a version as {@link #find} does.
   *
   * @throws IllegalArgumentException for any other name; the message lists the names
   */
  public static QemuVersion parse(String name) {
    Optional<QemuVersion> found = find(name);
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "there is no emulated QEMU '" + name + "'; there are " + names());
    }
    return found.get();
  }

  /** Returns the names of all versions, separated by commas. */
  public static String names() {
    StringBuilder names = new StringBuilder();
    for (QemuVersion version : values()) {
      names.append(names.length() == 0 ? "" : ", ").append(version.label);
    }
    return names.toString();
  }

  /** Returns the version in three numbers. */
  public String number() {
    return number;
  }

  /** Returns the distributor's name of the package. */
  public String distributor() {
    return distributor;
  }

  /** Returns the machine type that {@code s390-ccw-virtio} stands for. */
  public String newestMachine() {
    return "s390-ccw-virtio-" + label;
  }

  /** Returns the version before this one, whose recordings it shares; empty for the oldest. */
  public Optional<QemuVersion> before() {
    Optional<QemuVersion> before = Optional.empty();
    for (QemuVersion version : values()) {
      before = version.compareTo(this) < 0 ? Optional.of(version) : before;
    }
    return before;
  }

  /** Returns what a rule says for this version. */
  public <T> T get(QemuRule<T> rule) {
    return rule.in(this);
  }

  /** Returns the name that users write: {@code 10.0}. */
  @Override
  public String toString() {
    return label;
  }
}
