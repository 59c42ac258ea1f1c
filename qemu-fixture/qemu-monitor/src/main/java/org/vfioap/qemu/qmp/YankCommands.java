package org.vfioap.qemu.qmp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vfioap.qemu.guest.Guest;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.ErrorClass;
import org.vfioap.qemu.qapi.QemuError;

/**
 * Connections that can be broken when the other side hangs: those of sockets and of a migration.
 * Source: util/yank.c of QEMU 7.2.
 */
final class YankCommands implements CommandGroup {
  private static final String TYPE = "type";
  private static final String ID = "id";

  private final Guest guest;
  private final MonitorList chardevs;

  YankCommands(Guest guest, MonitorList chardevs) {
    this.guest = guest;
    this.chardevs = chardevs;
  }

  @Override
  public Optional<JsonValue> run(String command, JsonObject arguments) throws QemuError {
    switch (command) {
      case "query-yank" -> {
        return Optional.of(new JsonArray(List.copyOf(instances())));
      }
      case "yank" -> {
        yank((JsonArray) arguments.get("instances").orElseThrow());
        return DONE;
      }
      default -> {
        return Optional.empty();
      }
    }
  }

  private List<JsonObject> instances() {
    List<JsonObject> instances = new ArrayList<>();
    for (String label : chardevs.yankable()) {
      instances.add(JsonObject.of(TYPE, "chardev").with(ID, label));
    }
    if (guest.migration().isUnderWay()) {
      instances.add(JsonObject.of(TYPE, "migration"));
    }
    return instances;
  }

  /** Breaks none if one is not there. */
  private void yank(JsonArray wanted) throws QemuError {
    for (JsonValue each : wanted.items()) {
      if (!isPresent((JsonObject) each)) {
        throw QemuError.of(ErrorClass.DEVICE_NOT_FOUND, "Instance not found");
      }
    }
    for (JsonValue each : wanted.items()) {
      JsonObject instance = (JsonObject) each;
      if (instance.has(ID)) {
        chardevs.yank(instance.text(ID).orElse(""));
      } else {
        guest.migration().close();
      }
    }
  }

  private boolean isPresent(JsonObject wanted) {
    return switch (wanted.text(TYPE).orElse("")) {
      case "chardev" -> chardevs.yankable().contains(wanted.text(ID).orElse(""));
      case "migration" -> guest.migration().isUnderWay();
      default -> false;
    };
  }
}
