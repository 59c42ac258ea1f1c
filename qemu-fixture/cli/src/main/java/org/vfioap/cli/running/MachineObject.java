package org.vfioap.cli.running;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.vfioap.place.Refused;
import org.vfioap.place.RunningMachine;

/** A running machine as an object of JSON; docs/json.md names the fields. */
final class MachineObject {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private MachineObject() {}

  /** Returns {@code running}, or {@code starting} while its files are not there. */
  static String state(RunningMachine machine) {
    return machine.isReady() ? "running" : "starting";
  }

  /** Returns when it was started, or nothing if it just ended. */
  static String since(RunningMachine machine) {
    return machine
        .since()
        .map(time -> time.truncatedTo(ChronoUnit.SECONDS))
        .map(Instant::toString)
        .orElse("");
  }

  static ObjectNode of(RunningMachine machine) {
    String root = machine.root().toString();
    ObjectNode object =
        MAPPER
            .createObjectNode()
            .put("name", machine.name())
            .put("state", state(machine))
            .put("pid", machine.pid())
            .put("since", since(machine))
            .put("machine", machine.source())
            .put("root", root)
            .put("sys", machine.sys().toString())
            .put("control", machine.control().toString());
    machine.libvirtUri().ifPresent(uri -> object.put("libvirtUri", uri));
    object.set("guests", guests(machine, root));
    return object;
  }

  private static ArrayNode guests(RunningMachine machine, String root) {
    ArrayNode guests = MAPPER.createArrayNode();
    try {
      List<String> lines = new ArrayList<>();
      machine.tell(List.of("guests"), lines::add);
      lines.forEach(line -> guests.add(guest(line, root)));
    } catch (Refused startsOrEnds) {
      guests.removeAll();
    }
    return guests;
  }

  /** Reads what a machine says of a guest, with paths that lead there from outside. */
  static JsonNode guest(String line, String root) {
    try {
      ObjectNode guest = (ObjectNode) MAPPER.readTree(line);
      if (guest.has("qmp")) {
        guest.put("qmp", root + guest.get("qmp").asText());
      }
      return guest;
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
