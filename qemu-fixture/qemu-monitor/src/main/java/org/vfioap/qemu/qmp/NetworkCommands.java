package org.vfioap.qemu.qmp;

import java.util.Optional;
import org.vfioap.qemu.guest.Guest;
import org.vfioap.qemu.guest.NetworkHost;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.QemuError;

/** Networks behind devices. Source: net/net.c of QEMU 7.2. */
final class NetworkCommands implements CommandGroup {
  private final Guest guest;

  NetworkCommands(Guest guest) {
    this.guest = guest;
  }

  @Override
  public Optional<JsonValue> run(String command, JsonObject arguments) throws QemuError {
    switch (command) {
      case "netdev_add" -> guest.networks().add(arguments, NetworkHost.of(guest), false);
      case "netdev_del" -> guest.networks().delete(arguments.text("id").orElse(""));
      case "set_link" -> guest.networks().check(arguments.text("name").orElse(""));
      case "query-rx-filter" -> {
        return Optional.of(filters(arguments.text("name")));
      }
      default -> {
        return Optional.empty();
      }
    }
    return DONE;
  }

  private JsonArray filters(Optional<String> name) throws QemuError {
    if (name.isPresent() && guest.hasNetdev(name.get())) {
      throw QemuError.generic("net client(" + name.get() + ") isn't a NIC");
    }
    return ReceiveFilters.query(guest, name);
  }
}
