package org.vfioap.qemu.qmp;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.vfioap.qemu.guest.Guest;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qdev.Device;

/** Mice and tablets of the guest. Source: ui/input.c of QEMU 7.2. */
final class InputCommands implements CommandGroup {
  private final Guest guest;

  InputCommands(Guest guest) {
    this.guest = guest;
  }

  @Override
  public Optional<JsonValue> run(String command, JsonObject arguments) {
    return command.equals("query-mice") ? Optional.of(mice()) : Optional.empty();
  }

  /** The oldest is the current one and comes last; keyboards count, but are not listed. */
  private JsonArray mice() {
    List<Device> devices = new ArrayList<>(guest.board().devices());
    Collections.reverse(devices);
    List<JsonValue> answer = new ArrayList<>();
    int index = 0;
    for (Device device : devices) {
      String kind = device.model().replaceFirst("^virtio-(\\w+)-(ccw|pci)$", "$1");
      if (kind.equals("keyboard")) {
        index++;
      } else if (kind.equals("mouse") || kind.equals("tablet")) {
        answer.add(0, mouse(kind, ++index, answer.isEmpty()));
      }
    }
    return new JsonArray(answer);
  }

  private static JsonObject mouse(String kind, int index, boolean current) {
    String name = kind.equals("mouse") ? "QEMU Virtio Mouse" : "QEMU Virtio Tablet";
    return JsonObject.of("name", name)
        .with("index", index)
        .with("current", current)
        .with("absolute", kind.equals("tablet"));
  }
}
