package org.vfioap.qemu.qmp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vfioap.qemu.guest.Guest;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qapi.Refusals;
import org.vfioap.qemu.qdev.Device;
import org.vfioap.qemu.qom.QomObject;

/**
 * Questions about virtio devices, the balloon and statistics. The guest has no driver for a
 * balloon, so its size never changes. Source: softmmu/balloon.c and hw/virtio/virtio.c of QEMU 7.2.
 */
final class VirtioCommands implements CommandGroup {
  private final Guest guest;

  VirtioCommands(Guest guest) {
    this.guest = guest;
  }

  @Override
  public Optional<JsonValue> run(String command, JsonObject arguments) throws QemuError {
    return switch (command) {
      case "query-balloon" -> {
        guest.checkBalloon();
        yield Optional.of(JsonObject.empty().with("actual", guest.configuration().memory()));
      }
      case "balloon" -> {
        guest.checkBalloon();
        checkTarget(arguments);
        yield DONE;
      }
      case "x-query-virtio" -> Optional.of(devices());
      case "query-stats" -> Optional.of(JsonArray.EMPTY);
      case "query-rocker" -> throw QemuError.generic("The feature 'rocker' is not enabled");
      case "add-fd" -> throw QemuError.generic("No file descriptor supplied via SCM_RIGHTS");
      default -> Optional.empty();
    };
  }

  private static void checkTarget(JsonObject arguments) throws QemuError {
    if (arguments.get("value").orElse(arguments) instanceof JsonNumber.Signed number
        && number.value() <= 0) {
      throw Refusals.expects("target", "a size");
    }
  }

  private JsonArray devices() {
    List<JsonValue> answer = new ArrayList<>();
    for (Device device : guest.board().devices()) {
      Optional<QomObject> behind = device.object().flatMap(each -> each.child("virtio-backend"));
      if (behind.isPresent()) {
        String name =
            behind
                .get()
                .type()
                .replaceFirst("-device$", "")
                .replaceFirst("virtio-(keyboard|mouse|tablet)", "virtio-input");
        answer.add(JsonObject.of("name", name).with("path", behind.get().path()));
      }
    }
    return JsonArray.of(answer);
  }
}
