package org.vfioap.qemu.guest;

import java.util.Map;
import java.util.Optional;
import org.vfioap.qemu.json.JsonBool;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.options.Identifiers;
import org.vfioap.qemu.options.Numbers;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qapi.Refusals;
import org.vfioap.qemu.qdev.Board;
import org.vfioap.qemu.qom.ObjectTree;
import org.vfioap.qemu.qom.Property;
import org.vfioap.qemu.qom.QomObject;
import org.vfioap.qemu.recording.Recording;

/**
 * Objects that users create below {@code /objects}. Source: qom/object_interfaces.c of QEMU 7.2.
 */
public final class UserObjects {
  private final Guest guest;

  private UserObjects(Guest guest) {
    this.guest = guest;
  }

  /** Returns the objects of {@code guest}. */
  public static UserObjects of(Guest guest) {
    return new UserObjects(guest);
  }

  /**
   * Creates an object from {@code qom-type}, {@code id} and its properties.
   *
   * @throws QemuError if QEMU refuses
   */
  public void add(JsonObject options) throws QemuError {
    String type = options.text("qom-type").orElseThrow(() -> Refusals.missing("qom-type"));
    String id = options.text("id").orElseThrow(() -> Refusals.missing("id"));
    Identifiers.check(id);
    Board board = guest.board();
    QomObject parent = board.userObjects();
    checkFile(type, options);
    boolean main = id.equals("s390.ram") && !guest.life().hasStarted();
    if (main) {
      return;
    }
    if (parent.property(id).isPresent()) {
      throw QemuError.generic(
          "attempt to add duplicate property '" + id + "' to object (type 'container')");
    }
    QomObject object = ObjectTree.object(record(type, options), board.types());
    for (Map.Entry<String, JsonValue> each : options.members().entrySet()) {
      Optional<Property> property = object.property(each.getKey());
      property.ifPresent(found -> object.put(found.withValue(typed(found, each.getValue()))));
    }
    parent.add(id, object);
  }

  /** Values of the command line are texts; they become what the property is. */
  private static JsonValue typed(Property property, JsonValue value) {
    if (!(value instanceof JsonString string)) {
      return value;
    }
    boolean number = property.type().contains("int") || property.type().equals("size");
    if (number) {
      return JsonNumber.of(Numbers.size(string.text(), 1).orElse(0));
    }
    boolean bool = property.type().equals("bool");
    return bool ? JsonBool.of(string.text().equals("on")) : value;
  }

  private static void checkFile(String type, JsonObject options) throws QemuError {
    Optional<String> file = options.text("filename");
    if (type.equals("rng-random") && file.isPresent()) {
      if (!java.nio.file.Files.exists(java.nio.file.Path.of(file.get()))) {
        throw QemuError.generic("Could not open '" + file.get() + "': No such file or directory");
      }
    }
  }

  private static String record(String type, JsonObject options) throws QemuError {
    if (type.equals("secret")) {
      SecretObject.check(options);
      return SecretObject.RECORD;
    }
    return recorded(type);
  }

  private static String recorded(String type) throws QemuError {
    Recording objects = Recording.named("objects");
    Optional<String> text = objects.find(type);
    if (text.isPresent()) {
      return text.get().replaceFirst("^# \n", "").split("(?m)^# ", 2)[0];
    }
    Optional<String> refusal = objects.find(type + " refused").filter(r -> !r.isEmpty());
    if (refusal.isPresent()) {
      throw QemuError.generic(refusal.get());
    }
    return type + "\ntype\tstring\t\"" + type + "\"\n";
  }

  /**
   * Deletes an object.
   *
   * @throws QemuError if it does not exist or is in use
   */
  public void delete(String id) throws QemuError {
    Board board = guest.board();
    QomObject object =
        board
            .userObjects()
            .child(id)
            .orElseThrow(() -> QemuError.generic("object '" + id + "' not found"));
    if (id.equals("s390.ram")) {
      throw QemuError.generic("object '" + id + "' is in use, can not be deleted");
    }
    object.unparent();
  }
}
