package org.vfioap.cli.translation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.vfioap.cli.UserError;
import org.vfioap.host.ApHost;
import org.vfioap.host.MdevState;
import org.vfioap.machine.Machine;
import org.vfioap.translation.explain.MdevUsers;
import org.vfioap.translation.files.HostFiles;

/** The host and the mdevs that the arguments of a command mean. */
final class ExplainedHost {
  private HostFiles files = HostFiles.below(Path.of("/"));
  private @Nullable ApHost emulated;
  private final List<String> mdevs = new ArrayList<>();
  private Function<String, Optional<String>> users;

  private ExplainedHost() {
    users = MdevUsers.of(files)::name;
  }

  static ExplainedHost of(List<String> where) {
    ExplainedHost host = new ExplainedHost();
    List<String> guests = new ArrayList<>();
    for (String each : where) {
      if (isUuid(each)) {
        host.mdevs.add(each.toLowerCase(Locale.ROOT));
      } else if (!host.isHost(each)) {
        guests.add(each);
      }
    }
    host.requireAp();
    guests.forEach(host::addGuest);
    return host;
  }

  private static boolean isUuid(String text) {
    try {
      return UUID.fromString(text).toString().equalsIgnoreCase(text);
    } catch (IllegalArgumentException other) {
      return false;
    }
  }

  private boolean isHost(String text) {
    if (Files.isDirectory(Path.of(text))) {
      files = HostFiles.below(Path.of(text).toAbsolutePath());
      users = MdevUsers.of(files)::name;
      return true;
    }
    if (Machine.presets().contains(text) || Files.isRegularFile(Path.of(text))) {
      ApHost host = Machine.find(text).boot();
      emulated = host;
      files = HostFiles.of(host);
      users = uuid -> guestOf(host, uuid);
      return true;
    }
    return false;
  }

  private static Optional<String> guestOf(ApHost host, String uuid) {
    return host.mdevs().stream()
        .filter(mdev -> mdev.uuid().equals(uuid))
        .findFirst()
        .flatMap(MdevState::guest)
        .map(name -> "guest " + name);
  }

  private void requireAp() {
    if (emulated == null && !files.exists("/sys/bus/ap")) {
      throw new UserError(
          "there is no AP bus here; say where: a preset (see 'vfioap machine list'), a machine file,"
              + " a folder that is / of a system, or run it in a machine: vfioap exec -- vfioap"
              + " explain ...");
    }
  }

  private void addGuest(String name) {
    List<String> uuids = MdevUsers.of(files).mdevsOf(name);
    if (uuids.isEmpty()) {
      throw new UserError(
          "'"
              + name
              + "' is no mdev, preset, machine file or folder, and libvirt has no guest of this name"
              + " with a mediated device here");
    }
    mdevs.addAll(uuids);
  }

  HostFiles files() {
    return files;
  }

  List<String> mdevs() {
    return mdevs;
  }

  Optional<String> user(String uuid) {
    return users.apply(uuid);
  }
}
