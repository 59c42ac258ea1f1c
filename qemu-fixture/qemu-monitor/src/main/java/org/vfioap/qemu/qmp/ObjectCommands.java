package org.vfioap.qemu.qmp;

import java.util.Map;
import java.util.Optional;
import org.vfioap.qemu.guest.Guest;
import org.vfioap.qemu.guest.UserObjects;
import org.vfioap.qemu.json.JsonBool;
import org.vfioap.qemu.json.JsonNull;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonText;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qapi.Refusals;
import org.vfioap.qemu.qom.TypeTable;
import org.vfioap.qemu.recording.Recording;

/**
 * QOM: trees, types, properties, objects that users create. Source: qom/qom-qmp-cmds.c of QEMU 7.2.
 */
final class ObjectCommands implements CommandGroup {
  private final Guest guest;
  private @org.jspecify.annotations.Nullable TypeTable types;

  ObjectCommands(Guest guest) {
    this.guest = guest;
  }

  @Override
  public Optional<JsonValue> run(String command, JsonObject arguments) throws QemuError {
    String path = arguments.text("path").orElse("");
    String property = arguments.text("property").orElse("");
    return switch (command) {
      case "qom-list" -> Optional.of(guest.board().tree().list(path));
      case "qom-get" -> Optional.of(guest.board().tree().get(path, property));
      case "qom-set" -> {
        JsonValue value = arguments.get("value").orElse(JsonNull.NULL);
        guest.board().tree().set(path, property, value);
        yield DONE;
      }
      case "qom-list-types" -> Optional.of(listTypes(arguments));
      case "qom-list-properties" -> Optional.of(properties("object ", arguments));
      case "device-list-properties" -> Optional.of(properties("device ", arguments));
      case "object-add" -> {
        UserObjects.of(guest).add(arguments);
        yield DONE;
      }
      case "object-del" -> {
        UserObjects.of(guest).delete(arguments.text("id").orElse(""));
        yield DONE;
      }
      default -> Optional.empty();
    };
  }

  private TypeTable types() {
    TypeTable known = types;
    if (known == null) {
      known = TypeTable.recorded(guest.configuration().host().kvm().isPresent());
      types = known;
    }
    return known;
  }

  private JsonValue listTypes(JsonObject arguments) {
    guest.modules().loadAll();
    boolean withAbstract = arguments.get("abstract").equals(Optional.of(JsonBool.TRUE));
    return types().list(arguments.text("implements"), withAbstract);
  }

  private String recordedAs(String type) {
    boolean hosts = type.equals(TypeTable.HOST_CPU) && types().exists(type);
    return hosts ? TypeTable.LARGEST_CPU : type;
  }

  private JsonValue properties(String kind, JsonObject arguments) throws QemuError {
    String type = arguments.text("typename").orElse("");
    boolean device = kind.startsWith("device");
    if (device) {
      guest.modules().load(type);
    }
    boolean absent = guest.modules().isAbsent(type);
    Optional<String> reply =
        absent ? Optional.empty() : Recording.named("properties").find(kind + recordedAs(type));
    if (reply.isPresent()) {
      return RecordedCommands.reply(reply.get(), Map.of());
    }
    if (absent || !types().exists(type)) {
      String what = device ? "Device '" : "Class '";
      throw QemuError.of(
          org.vfioap.qemu.qapi.ErrorClass.DEVICE_NOT_FOUND, what + type + "' not found");
    }
    if (device) {
      throw Refusals.expects("typename", "a non-abstract device type");
    }
    return new JsonText("[]");
  }
}
