package org.vfioap.cli.translation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.vfioap.cli.message.UserError;
import org.vfioap.host.ApHost;
import org.vfioap.host.MdevState;
import org.vfioap.translation.explain.MdevUsers;
import org.vfioap.translation.files.HostFiles;

/** The host and the mdevs that the arguments of a command mean. */
final class ExplainedHost {
  private HostChoice host = HostChoice.here();
  private final List<String> mdevs = new ArrayList<>();

  private ExplainedHost() {}

  static ExplainedHost of(List<String> where) {
    ExplainedHost explained = new ExplainedHost();
    List<String> guests = new ArrayList<>();
    for (String each : where) {
      if (isUuid(each)) {
        explained.mdevs.add(each.toLowerCase(Locale.ROOT));
      } else {
        HostChoice.find(each)
            .ifPresentOrElse(found -> explained.host = found, () -> guests.add(each));
      }
    }
    guests.forEach(ExplainedHost::requireNoFile);
    explained.requireAp(guests);
    guests.forEach(explained::addGuest);
    return explained;
  }

  private static boolean isUuid(String text) {
    try {
      return UUID.fromString(text).toString().equalsIgnoreCase(text);
    } catch (IllegalArgumentException other) {
      return false;
    }
  }

  private static Optional<String> guestOf(ApHost host, String uuid) {
    return host.mdevs().stream()
        .filter(mdev -> mdev.uuid().equals(uuid))
        .findFirst()
        .flatMap(MdevState::guest)
        .map(name -> "guest " + name);
  }

  /** What looks like a file is not taken for the name of a guest. */
  private static void requireNoFile(String name) {
    if (name.contains("/") || name.endsWith(".yaml") || name.endsWith(".yml")) {
      throw new UserError("there is no file or folder " + name);
    }
  }

  private void requireAp(List<String> guests) {
    if (host.emulated().isEmpty() && !files().exists("/sys/bus/ap")) {
      String named = guests.isEmpty() ? "" : "no host is called '" + guests.get(0) + "', and ";
      throw new UserError(
          named
              + "there is no AP bus here; name a host: "
              + HostChoice.ARGUMENT
              + " (see 'vfioap list' and 'vfioap machine list')");
    }
  }

  private void addGuest(String name) {
    List<String> uuids = MdevUsers.of(files()).mdevsOf(name);
    if (uuids.isEmpty()) {
      throw new UserError(
          "'"
              + name
              + "' is no mdev, running machine, preset, machine file or folder, and libvirt has no guest of this name"
              + " with a mediated device here");
    }
    mdevs.addAll(uuids);
  }

  Optional<String> note() {
    return host.note();
  }

  HostFiles files() {
    return host.files();
  }

  List<String> mdevs() {
    return mdevs;
  }

  Optional<String> user(String uuid) {
    return host.emulated()
        .map(emulated -> guestOf(emulated, uuid))
        .orElseGet(() -> MdevUsers.of(files()).name(uuid));
  }
}
