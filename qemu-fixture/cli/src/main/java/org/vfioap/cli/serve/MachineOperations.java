package org.vfioap.cli.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vfioap.cli.picture.ApqnMap;
import org.vfioap.cli.picture.JsonPicture;
import org.vfioap.host.ApHost;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.kernel.LogLine;
import org.vfioap.machine.Machine;
import org.vfioap.place.HardwareVerb;

/** Requests about a machine and its files. */
final class MachineOperations {
  private static final String DEFAULT_MACHINE = "document";

  private final Machines machines;

  private MachineOperations(Machines machines) {
    this.machines = machines;
  }

  static Map<String, Operation> of(Machines machines) {
    MachineOperations all = new MachineOperations(machines);
    return Map.of(
        "boot", Operation.of(all::boot, "machine", "yaml", "profile", "mount", "async"),
        "read", Operation.of(all::read, "machine", "in", "path", "async"),
        "write", Operation.of(all::write, "machine", "in", "path", "value", "raw", "async"),
        "list", Operation.of(all::list, "machine", "in", "path", "async"),
        "link", Operation.of(all::link, "machine", "in", "path", "async"),
        "exists", Operation.of(all::exists, "machine", "in", "path", "async"),
        "hw", Operation.of(all::hw, "machine", "words", "async"),
        "writes", Operation.of(all::writes, "machine", "clear", "async"),
        "dump", Operation.of(all::dump, "machine", "async"),
        "stop", Operation.of(all::stop, "machine", "async"));
  }

  private JsonNode boot(Request request) {
    Optional<String> yaml = request.optionalText("yaml");
    if (yaml.isPresent() && request.optionalText("machine").isPresent()) {
      throw new IllegalArgumentException("'machine' and 'yaml' exclude each other");
    }
    Machine machine =
        yaml.map(text -> Machine.parse(text, "yaml"))
            .orElseGet(() -> Machine.find(request.optionalText("machine").orElse(DEFAULT_MACHINE)));
    Optional<String> profile = request.optionalText("profile");
    if (profile.isPresent()) {
      machine = machine.withProfile(KernelProfile.parse(profile.get()));
    }
    ServedMachine served = new ServedMachine(machine, request.flag("mount"));
    ObjectNode result = Reply.object().put("machine", machines.add(served));
    result.put("profile", machine.profile().toString());
    served
        .mount()
        .ifPresent(
            mount -> result.put("sys", mount.sys().toString()).put("dev", mount.dev().toString()));
    return result;
  }

  /** Returns the Linux that is meant: the machine's, or that of a guest. */
  private ApHost linux(Request request) {
    ServedMachine machine = machines.of(request);
    return request
        .optionalText("in")
        .map(name -> machine.guest(name).inside())
        .orElseGet(machine::host);
  }

  private JsonNode read(Request request) {
    return Reply.object().put("text", linux(request).sysfs().read(request.text("path")));
  }

  private JsonNode write(Request request) {
    String value = request.text("value");
    String text = request.flag("raw") ? value : value + "\n";
    int taken = linux(request).sysfs().write(request.text("path"), text);
    machines.of(request).change(host -> {});
    return Reply.object().put("taken", taken);
  }

  private JsonNode list(Request request) {
    ObjectNode result = Reply.object();
    ArrayNode names = result.putArray("names");
    linux(request).sysfs().list(request.text("path")).forEach(names::add);
    return result;
  }

  private JsonNode link(Request request) {
    return Reply.object().put("target", linux(request).sysfs().readLink(request.text("path")));
  }

  private JsonNode exists(Request request) {
    return Reply.object().put("exists", linux(request).sysfs().exists(request.text("path")));
  }

  private JsonNode hw(Request request) {
    List<String> words = request.texts("words");
    ServedMachine machine = machines.of(request);
    if (words.equals(List.of("scan"))) {
      machine.change(ApHost::scan);
    } else if (!words.isEmpty()) {
      var change = HardwareVerb.change(words, machine.hardware());
      machine.change(host -> host.change(change));
    }
    return Reply.parse(HardwareVerb.describe(machine.hardware()));
  }

  private JsonNode writes(Request request) {
    ObjectNode result = Reply.object();
    machines.of(request).files().describe(result.putArray("writes"), request.flag("clear"));
    return result;
  }

  private JsonNode dump(Request request) {
    ServedMachine machine = machines.of(request);
    ObjectNode result = Reply.object();
    result.set("hardware", Reply.parse(HardwareVerb.describe(machine.hardware())));
    result.set("matrix", Reply.parse(new JsonPicture(ApqnMap.of(machine.host())).draw()));
    ArrayNode guests = result.putArray("guests");
    for (ServedGuest guest : machine.guests()) {
      ArrayNode apqns = guests.addObject().put("name", guest.name()).putArray("apqns");
      guest.queues().forEach(apqns::add);
    }
    ArrayNode log = result.putArray("log");
    for (LogLine line : machine.host().log().lines()) {
      log.add(line.toString());
    }
    ArrayNode events = result.putArray("events");
    machine.host().uevents().recent().forEach(e -> events.add(String.join(" ", e.environment())));
    return result;
  }

  private JsonNode stop(Request request) {
    ServedMachine machine = machines.remove(request);
    ObjectNode result = Reply.object();
    ArrayNode leaks = result.putArray("leaks");
    machine.guests().forEach(guest -> leaks.addObject().put("guest", guest.name()));
    machine.leftMdevs().forEach(uuid -> leaks.addObject().put("mdev", uuid));
    ArrayNode unused = result.putArray("unusedFaults");
    machine.unusedFaults().forEach(unused::add);
    machine.close();
    return result;
  }
}
