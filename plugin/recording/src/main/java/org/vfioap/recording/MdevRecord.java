package org.vfioap.recording;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.vfioap.ap.ApMask;
import org.vfioap.ap.ApMatrix;

/**
 * An mdev of a recorded host.
 *
 * @param group its IOMMU group, which tells the order of creation
 */
record MdevRecord(String uuid, long group, ApMatrix assigned) {
  private static final String MATRIX = "devices/vfio_ap/matrix";

  /** A page of the kernel; what does not fit is cut. */
  private static final int PAGE = 4096;

  /** Reads the mdevs in the order in which they were probably created. */
  static List<MdevRecord> all(Sysfs sysfs, Notes notes) {
    return sysfs.list(MATRIX).stream()
        .filter(name -> name.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"))
        .map(name -> read(sysfs, name, notes))
        .sorted(Comparator.comparingLong(MdevRecord::group).thenComparing(MdevRecord::uuid))
        .toList();
  }

  private static MdevRecord read(Sysfs sysfs, String uuid, Notes notes) {
    String directory = MATRIX + "/" + uuid;
    long group =
        sysfs
            .linkName(directory + "/iommu_group")
            .filter(name -> name.matches("[0-9]{1,9}"))
            .map(Long::parseLong)
            .orElse(Long.MAX_VALUE);
    ApMatrix matrix =
        sysfs
            .line(directory + "/ap_config")
            .flatMap(MdevRecord::configuration)
            .orElseGet(() -> matrix(sysfs, directory, notes));
    return new MdevRecord(uuid.toLowerCase(Locale.ROOT), group, matrix);
  }

  /** {@code ap_config}: three masks. */
  private static Optional<ApMatrix> configuration(String text) {
    List<ApMask> masks = new ArrayList<>();
    for (String field : text.split(",", -1)) {
      Sysfs.maskOf(field).ifPresent(masks::add);
    }
    return masks.size() == 3
        ? Optional.of(new ApMatrix(masks.get(0), masks.get(1), masks.get(2)))
        : Optional.empty();
  }

  private static ApMatrix matrix(Sysfs sysfs, String directory, Notes notes) {
    Optional<String> matrix = sysfs.text(directory + "/matrix");
    if (matrix.isEmpty()) {
      notes.add("/sys/" + directory + "/matrix could not be read, so nothing is assigned");
    }
    if (matrix.orElse("").length() >= PAGE - 1) {
      notes.add("/sys/" + directory + "/matrix is cut at a page; assignments may be missing");
    }
    ApMask adapters = ApMask.NONE;
    ApMask domains = ApMask.NONE;
    for (String line : matrix.orElse("").lines().toList()) {
      if (line.matches("([0-9a-f]{2})?[.](00[0-9a-f]{2})?")) {
        int dot = line.indexOf('.');
        adapters = adapters.or(hex(line.substring(0, dot)));
        domains = domains.or(hex(line.substring(dot + 1)));
      }
    }
    return new ApMatrix(adapters, domains, controlDomains(sysfs, directory));
  }

  private static ApMask controlDomains(Sysfs sysfs, String directory) {
    return sysfs
        .text(directory + "/control_domains")
        .orElse("")
        .lines()
        .filter(line -> line.matches("00[0-9a-f]{2}"))
        .map(MdevRecord::hex)
        .reduce(ApMask.NONE, ApMask::or);
  }

  private static ApMask hex(String digits) {
    return digits.isEmpty() ? ApMask.NONE : ApMask.of(Integer.parseInt(digits, 16));
  }

  List<String> lines() {
    return List.of(
        "  - uuid: " + uuid,
        "    adapters: [" + HardwareSection.ranges(assigned.adapters()) + "]",
        "    domains: [" + HardwareSection.ranges(assigned.domains()) + "]",
        "    control-domains: [" + HardwareSection.ranges(assigned.controlDomains()) + "]");
  }
}
