package org.vfioap.qemu.qmp;

import java.util.Optional;
import org.vfioap.qemu.guest.Guest;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.options.Identifiers;
import org.vfioap.qemu.qapi.QemuError;

/** Networks behind devices: only their identifiers matter, nothing is sent. Source: net/net.c. */
final class NetworkCommands implements CommandGroup {
  private static final String KIND = "netdev";

  private final Guest guest;

  NetworkCommands(Guest guest) {
    this.guest = guest;
  }

  @Override
  public Optional<JsonValue> run(String command, JsonObject arguments) throws QemuError {
    String id = arguments.text("id").orElse("");
    switch (command) {
      case "netdev_add" -> {
        checkKind(arguments.text("type").orElse(""));
        add(id);
      }
      case "netdev_del" -> {
        if (!guest.board().removeBackend(KIND, id)) {
          throw QemuError.deviceNotFound(id);
        }
      }
      default -> {
        return Optional.empty();
      }
    }
    return DONE;
  }

  private static void checkKind(String type) throws QemuError {
    if (type.equals("none")) {
      throw QemuError.generic("network backend 'none' is not compiled into this binary");
    }
  }

  private void add(String id) throws QemuError {
    Identifiers.check(id);
    if (guest.board().hasBackend(KIND, id)) {
      throw QemuError.generic("Duplicate ID '" + id + "'");
    }
    guest.board().addBackend(KIND, id);
  }
}
