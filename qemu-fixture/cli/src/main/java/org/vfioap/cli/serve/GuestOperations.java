package org.vfioap.cli.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonReader;
import org.vfioap.qemu.json.JsonSyntaxException;
import org.vfioap.qemu.process.EndedEarly;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.script.JournalEntry;

/** Requests about guests and their QEMUs. */
final class GuestOperations {
  private static final String DEVICES = "/sys/devices/vfio_ap/matrix/";

  private final Machines machines;

  private GuestOperations(Machines machines) {
    this.machines = machines;
  }

  static Map<String, Operation> of(Machines machines) {
    GuestOperations all = new GuestOperations(machines);
    return Map.of(
        "guest", Operation.of(all::guest, "machine", "name", "cpu", "mdevs", "arguments", "async"),
        "end", Operation.of(all::end, "machine", "guest", "async"),
        "plug", Operation.of(all::plug, "machine", "guest", "mdev", "device", "async"),
        "unplug", Operation.of(all::unplug, "machine", "guest", "device", "async"),
        "qmp", Operation.of(all::qmp, "machine", "guest", "execute", "arguments", "async"),
        "queues", Operation.of(all::queues, "machine", "guest", "async"),
        "settle", Operation.of(all::settle, "machine", "guest", "async"),
        "journal", Operation.of(all::journal, "machine", "guest", "clear", "async"));
  }

  private ServedGuest guestOf(Request request) {
    return machines.of(request).guest(request.text("guest"));
  }

  private JsonNode guest(Request request) throws EndedEarly {
    ServedMachine machine = machines.of(request);
    String name = request.text("name");
    machine.requireFree(name);
    List<String> arguments = new ArrayList<>(List.of("-accel", "kvm", "-name", name));
    arguments.addAll(List.of("-cpu", request.optionalText("cpu").orElse("host")));
    for (String mdev : request.texts("mdevs")) {
      arguments.addAll(List.of("-device", "vfio-ap,sysfsdev=" + DEVICES + mdev));
    }
    arguments.addAll(request.texts("arguments"));
    ServedGuest guest = ServedGuest.start(machine.host(), name, arguments);
    machine.add(guest);
    machine.change(host -> {});
    return Reply.object().put("qmp", guest.qemu().socket().toString());
  }

  private JsonNode end(Request request) {
    ServedMachine machine = machines.of(request);
    machine.end(request.text("guest"));
    machine.change(host -> {});
    return Reply.object();
  }

  private JsonNode plug(Request request) throws QemuError {
    String mdev = request.text("mdev");
    JsonObject device =
        JsonObject.of("driver", "vfio-ap")
            .with("id", request.optionalText("device").orElse("hostdev0"))
            .with("sysfsdev", DEVICES + mdev);
    return Reply.parse(guestOf(request).execute("device_add", device).toString());
  }

  /** The device is gone when this returns, unless a fault keeps it. */
  private JsonNode unplug(Request request) throws QemuError {
    String id = request.optionalText("device").orElse("hostdev0");
    return Reply.parse(guestOf(request).execute("device_del", JsonObject.of("id", id)).toString());
  }

  private JsonNode qmp(Request request) throws QemuError {
    String arguments =
        request.json().has("arguments") ? request.json().get("arguments").toString() : "{}";
    try {
      if (!(JsonReader.parse(arguments) instanceof JsonObject object)) {
        throw new IllegalArgumentException("'arguments' is " + arguments + "; allowed: an object");
      }
      return Reply.object()
          .set(
              "return",
              Reply.parse(guestOf(request).execute(request.text("execute"), object).toString()));
    } catch (JsonSyntaxException e) {
      throw new IllegalArgumentException("'arguments' is no JSON for QEMU: " + arguments, e);
    }
  }

  private JsonNode queues(Request request) {
    ObjectNode result = Reply.object();
    ArrayNode apqns = result.putArray("apqns");
    guestOf(request).queues().forEach(apqns::add);
    return result;
  }

  private JsonNode settle(Request request) throws InterruptedException {
    guestOf(request).qemu().settle();
    return Reply.object();
  }

  private JsonNode journal(Request request) throws InterruptedException {
    ServedGuest guest = guestOf(request);
    guest.qemu().finishInput();
    ObjectNode result = Reply.object();
    ArrayNode entries = result.putArray("entries");
    for (JournalEntry entry : guest.qemu().journal().entries()) {
      entries
          .addObject()
          .put("time", entry.time().toString())
          .put("command", entry.command())
          .put("text", entry.text())
          .set("arguments", Reply.parse(entry.arguments().toString()));
    }
    if (request.flag("clear")) {
      guest.qemu().journal().clear();
    }
    return result;
  }
}
