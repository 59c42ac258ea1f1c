package org.vfioap.junit;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.vfioap.ap.ApMask;
import org.vfioap.host.ApHost;
import org.vfioap.host.MdevState;

/** What a test left in the machine that was not there when it had booted. */
final class Leftovers {
  private Leftovers() {}

  static List<String> of(HostFixture fixture) {
    ApHost host = fixture.host();
    ApHost fresh = fixture.machine().boot();
    List<String> left = new ArrayList<>();
    Set<String> before = fresh.mdevs().stream().map(MdevState::uuid).collect(Collectors.toSet());
    for (MdevState mdev : host.mdevs()) {
      if (!before.contains(mdev.uuid())) {
        left.add("mdev " + mdev.uuid() + assigned(mdev) + " (write 1 to its remove)");
      }
      if (mdev.open() && mdev.guest().filter(fixture::hasGuest).isEmpty()) {
        left.add("mdev " + mdev.uuid() + " is held open (close what ApHost.open returned)");
      }
    }
    mask(left, "apmask", host.masks().get(0), fresh.masks().get(0));
    mask(left, "aqmask", host.masks().get(1), fresh.masks().get(1));
    return left;
  }

  private static String assigned(MdevState mdev) {
    String lines = mdev.assigned().apqnLines();
    return lines.isEmpty() ? "" : " with " + lines.strip().replace("\n", " ");
  }

  private static void mask(List<String> left, String name, ApMask now, ApMask before) {
    if (!now.equals(before)) {
      left.add(name + " " + now + ", was " + before);
    }
  }
}
