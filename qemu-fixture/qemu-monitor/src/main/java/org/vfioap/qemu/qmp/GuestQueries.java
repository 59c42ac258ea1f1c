package org.vfioap.qemu.qmp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vfioap.qemu.guest.Guest;
import org.vfioap.qemu.guest.GuestConfiguration;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.persona.QemuRules;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qom.Property;
import org.vfioap.qemu.qom.QomObject;

/** Questions whose answers depend on the command line or on what happened since. */
final class GuestQueries implements CommandGroup {
  private static final Set<String> MEMORY_PROPERTIES =
      Set.of("size", "merge", "dump", "prealloc", "share", "reserve", "host-nodes", "policy");
  private static final Set<String> THREAD_PROPERTIES =
      Set.of("poll-max-ns", "poll-grow", "poll-shrink", "aio-max-batch");

  private final Guest guest;

  GuestQueries(Guest guest) {
    this.guest = guest;
  }

  @Override
  public Optional<JsonValue> run(String command, JsonObject arguments) throws QemuError {
    return Optional.ofNullable(
        switch (command) {
          case "query-name" -> name();
          case "query-uuid" -> JsonObject.of("UUID", guest.configuration().uuid().orElse(NO_UUID));
          case "query-kvm" -> kvm();
          case "query-cpus-fast" -> guest.cpus().toFastJson(guest.life().isRunning());
          case "query-hotpluggable-cpus" -> hotpluggableCpus();
          case "query-memory-size-summary" -> memorySummary();
          case "query-memdev" -> memoryBackends();
          case "query-iothreads" -> ioThreads();
          default -> null;
        });
  }

  private static final String NO_UUID = "00000000-0000-0000-0000-000000000000";

  private JsonObject memorySummary() {
    JsonObject summary = JsonObject.empty().with("base-memory", memory());
    return QemuRules.PLUGGED_MEMORY.now() ? summary.with("plugged-memory", 0) : summary;
  }

  private JsonObject name() {
    JsonObject answer = JsonObject.empty();
    guest.configuration().name().ifPresent(name -> answer.with("name", name));
    return answer;
  }

  private JsonObject kvm() {
    GuestConfiguration configuration = guest.configuration();
    return JsonObject.empty()
        .with("enabled", configuration.accelerator().isKvm())
        .with("present", configuration.host().kvm().isPresent());
  }

  private JsonValue hotpluggableCpus() throws QemuError {
    if (!guest.configuration().hasMachine()) {
      throw QemuError.generic(QemuRules.NO_HOTPLUGGABLE.now());
    }
    return guest.cpus().toHotpluggableJson();
  }

  private long memory() {
    return guest.configuration().hasMachine() ? guest.configuration().memory() : 0;
  }

  private JsonArray memoryBackends() throws QemuError {
    List<JsonValue> answer = new ArrayList<>();
    for (QomObject backend : objects("memory-backend")) {
      answer.add(described(backend, MEMORY_PROPERTIES).with("id", backend.name()));
    }
    return new JsonArray(answer);
  }

  /** Unlike the rest they come as the table has them, so the last listed is first. */
  private JsonArray ioThreads() throws QemuError {
    List<JsonValue> answer = new ArrayList<>();
    for (QomObject thread : objects("iothread")) {
      answer.add(
          0,
          described(thread, THREAD_PROPERTIES)
              .with("id", thread.name())
              .with("thread-id", ProcessHandle.current().pid() + 2));
    }
    return new JsonArray(answer);
  }

  /** Returns the users' objects of a type as {@code qom-list} lists them. */
  private List<QomObject> objects(String type) {
    QomObject parent = guest.board().userObjects();
    return parent.properties().stream()
        .flatMap(property -> parent.child(property.name()).stream())
        .filter(object -> guest.board().types().isA(object.type(), type))
        .toList();
  }

  private static JsonObject described(QomObject object, Set<String> properties) throws QemuError {
    JsonObject json = JsonObject.empty();
    for (Property property : object.properties()) {
      if (properties.contains(property.name())) {
        json.with(property.name(), property.value());
      }
    }
    return json;
  }
}
