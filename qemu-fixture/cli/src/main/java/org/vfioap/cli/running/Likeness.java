package org.vfioap.cli.running;

import java.util.Optional;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.qemu.persona.QemuVersion;

/**
 * A distribution: its kernel and its QEMU, and the nearest that are emulated.
 *
 * <p>Versions are those of the first release; what is nearest follows from the table of kernel
 * profiles and from the releases of QEMU, of which there are three for each first number.
 */
enum Likeness {
  DEBIAN_12("debian-12", "6.1", "7.2"),
  DEBIAN_13("debian-13", "6.12", "10.0"),
  UBUNTU_24_04("ubuntu-24.04", "6.8", "8.2"),
  UBUNTU_26_04("ubuntu-26.04", "7.0", "10.2"),
  RHEL_10("rhel-10", "6.12", "10.0"),
  SLES_15("sles-15", "6.4", "9.2"),
  SLES_16("sles-16", "6.12", "10.0"),
  FEDORA_43("fedora-43", "6.17", "10.1"),
  FEDORA_44("fedora-44", "6.19", "10.2"),
  FEDORA_45("fedora-45", "7.2", "11.1");

  static final String NAMES =
      "debian-12, debian-13, ubuntu-24.04, ubuntu-26.04, rhel-10, sles-15, sles-16, fedora-43,"
          + " fedora-44, fedora-45";

  private static final int RELEASES = 3;

  private final String label;
  private final String linux;
  private final String qemu;

  Likeness(String label, String linux, String qemu) {
    this.label = label;
    this.linux = linux;
    this.qemu = qemu;
  }

  static Optional<Likeness> find(String name) {
    for (Likeness each : values()) {
      if (each.label.equals(name)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  KernelProfile profile() {
    return KernelProfile.ofRelease(linux).orElseThrow();
  }

  /** Returns the emulated QEMU that is the fewest releases away; the older one of two. */
  QemuVersion qemu() {
    QemuVersion best = QemuVersion.DEFAULT;
    for (QemuVersion version : QemuVersion.values()) {
      if (distance(version) < distance(best)) {
        best = version;
      }
    }
    return best;
  }

  private int distance(QemuVersion version) {
    return Math.abs(release(version.toString()) - release(qemu));
  }

  private static int release(String version) {
    String[] numbers = version.split("\\.", 2);
    return Integer.parseInt(numbers[0]) * RELEASES + Integer.parseInt(numbers[1]);
  }

  /** Says what is emulated, and where that is only the nearest. */
  String describe(boolean withQemu) {
    String kernel =
        "kernel profile " + profile() + near(!profile().toString().endsWith("-" + linux));
    return label
        + " has Linux "
        + linux
        + " and QEMU "
        + qemu
        + "; emulated: "
        + kernel
        + (withQemu ? ", QEMU " + qemu() + near(!qemu().toString().equals(qemu)) : "");
  }

  private static String near(boolean other) {
    return other ? " (the nearest there is)" : "";
  }
}
