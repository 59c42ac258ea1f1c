package org.vfioap.qemu.process;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.vfioap.qemu.guest.Guest;
import org.vfioap.qemu.guest.UserObjects;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonReader;
import org.vfioap.qemu.json.JsonSyntaxException;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.options.OptionString;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qapi.Refusals;
import org.vfioap.qemu.qdev.DeviceOptions;

/** Creates the objects and devices of the command line. Source: softmmu/vl.c of QEMU 7.2. */
final class ColdDevices {
  private final CommandLine line;
  private final Guest guest;

  ColdDevices(CommandLine line, Guest guest) {
    this.line = line;
    this.guest = guest;
  }

  /** Refuses texts that cannot be parsed before anything is created. */
  static void checkSyntax(CommandLine line) throws Exit {
    Set<String> identifiers = new HashSet<>();
    for (CommandLine.Option option : line.all("device")) {
      try {
        checkSyntax(option.value(), identifiers);
      } catch (QemuError refused) {
        throw failure(line, option, refused);
      }
    }
  }

  private static void checkSyntax(String text, Set<String> identifiers) throws QemuError {
    if (text.startsWith("{")) {
      if (!json(text).has("driver")) {
        throw Refusals.missing("driver");
      }
      return;
    }
    OptionString options = OptionString.parse(text, "driver");
    DeviceOptions.ofText(options);
    String id = options.id().orElse("");
    if (!id.isEmpty() && !identifiers.add(id)) {
      throw QemuError.generic("Duplicate ID '" + id + "' for device");
    }
  }

  private static JsonObject json(String text) throws QemuError {
    try {
      return (JsonObject) JsonReader.parse(text);
    } catch (JsonSyntaxException broken) {
      throw QemuError.generic(broken.text());
    }
  }

  void createObjects() throws Exit {
    for (CommandLine.Option option : line.all("object")) {
      try {
        UserObjects.of(guest).add(object(option.value()));
      } catch (QemuError refused) {
        boolean early = refused.text().startsWith("Parameter");
        throw early
            ? failure(line, option, refused)
            : line.failure(refused.text() + "\n" + refused.hint());
      }
    }
  }

  private JsonObject object(String text) throws QemuError {
    if (text.startsWith("{")) {
      return json(text);
    }
    OptionString options = OptionString.parse(text, "qom-type");
    JsonObject object = JsonObject.empty();
    for (Map.Entry<String, String> each : options.values().entrySet()) {
      object.with(each.getKey(), each.getValue());
    }
    options.id().ifPresent(id -> object.with("id", id));
    JsonValue type = object.get("qom-type").orElseThrow(() -> Refusals.missing("qom-type"));
    String name = type.toString().replace("\"", "");
    if (!guest.board().types().exists(name)) {
      throw Refusals.enumeration("qom-type", name);
    }
    return object;
  }

  /** Makes networks and disks known by their identifiers; nothing is opened for them. */
  private void createBackends() throws Exit {
    createBackends("netdev", "netdev", "type", "id");
    createBackends("blockdev", "drive", "driver", "node-name");
    createBackends("drive", "drive", "file", "id");
  }

  private void createBackends(String option, String kind, String implied, String key) throws Exit {
    for (CommandLine.Option each : line.all(option)) {
      String text = each.value();
      try {
        String id = text.startsWith("{") ? json(text).text(key).orElse("") : id(text, implied, key);
        guest.board().addBackend(kind, id);
      } catch (QemuError refused) {
        throw failure(line, each, refused);
      }
    }
  }

  private static String id(String text, String implied, String key) {
    OptionString options = OptionString.parse(text, implied);
    return (key.equals("id") ? options.id() : options.get(key)).orElse("");
  }

  void createDevices() throws Exit {
    createBackends();
    for (CommandLine.Option option : line.all("device")) {
      guest.reports().setLocation(option.location());
      try {
        guest.plug().add(options(option.value()));
      } catch (QemuError refused) {
        throw failure(line, option, refused);
      } finally {
        guest.reports().setLocation("");
      }
    }
  }

  private static DeviceOptions options(String text) throws QemuError {
    return text.startsWith("{")
        ? DeviceOptions.ofJson(json(text))
        : DeviceOptions.ofText(OptionString.parse(text, "driver"));
  }

  private static Exit failure(CommandLine line, CommandLine.Option option, QemuError refused) {
    return line.failure(option.location() + ": " + refused.text() + "\n" + refused.hint());
  }
}
