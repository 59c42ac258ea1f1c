package org.vfioap.place;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vfioap.host.ApHost;
import org.vfioap.kernel.KernelRefusal;

/**
 * The masks that {@code chzdev -t ap} made persistent, as udev applies them once the bindings are
 * complete.
 *
 * <p>Source: s390-tools zdev/src/ap.c, which writes {@code ATTR{../../bus/ap/apmask}="0x…"} and the
 * same for aqmask into 41-ap.rules, relative to /sys/devices/ap, and loads vfio_ap.
 */
final class ApRules {
  private static final Pattern MASK =
      Pattern.compile("ATTR\\{(?:\\.\\./)*bus/ap/(apmask|aqmask)\\}=\"([^\"]*)\"");

  private ApRules() {}

  /** Applies the file if there is one; a mask that the kernel refuses is logged, as udevd does. */
  static void apply(Path rules, ApHost host) {
    for (String line : lines(rules)) {
      Matcher matcher = MASK.matcher(line.strip());
      if (host.hasApBus() && matcher.matches()) {
        write(host, matcher.group(1), matcher.group(2));
      }
    }
  }

  private static List<String> lines(Path rules) {
    try {
      return Files.readAllLines(rules, StandardCharsets.ISO_8859_1);
    } catch (IOException none) {
      return List.of();
    }
  }

  private static void write(ApHost host, String file, String mask) {
    try {
      host.sysfs().write("/sys/bus/ap/" + file, mask);
    } catch (KernelRefusal refusal) {
      System.err.println("41-ap.rules: " + file + "=" + mask + ": " + refusal.getMessage());
    }
  }
}
