package org.vfioap.qemu.guest;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.vfioap.qemu.json.JsonBool;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonText;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.ErrorClass;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qapi.Refusals;
import org.vfioap.qemu.qdev.Board;
import org.vfioap.qemu.qom.ObjectTree;
import org.vfioap.qemu.qom.Property;
import org.vfioap.qemu.qom.QomObject;
import org.vfioap.qemu.recording.Recording;
import org.vfioap.qemu.scalar.Numbers;
import org.vfioap.qemu.scalar.Switches;

/**
 * Objects that users create below {@code /objects}. Source: qom/object_interfaces.c of QEMU 7.2.
 */
public final class UserObjects {
  private static final String MAIN_MEMORY = "s390.ram";

  private static final String IOMMUFD =
      """
      #\s
      iommufd
      type\tstring\t"iommufd"
      fd\tstring\t!Property 'iommufd.fd' is not readable
      """;

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
    Board board = guest.board();
    QomObject parent = board.userObjects();
    ObjectRules rules = ObjectRules.of(board.types(), new Present(guest));
    rules.checkValues(options);
    Optional<String> context = options.text("prealloc-context");
    if (context.isPresent()) {
      board.tree().resolve(context.get());
    }
    boolean main = id.equals(MAIN_MEMORY) && !guest.life().hasStarted();
    if (!main && parent.property(id).isPresent()) {
      throw QemuError.generic(
          "attempt to add duplicate property '" + id + "' to object (type 'container')");
    }
    parent.reserve(id);
    try {
      rules.checkComplete(options);
      boolean late = type.startsWith("monitor-") && guest.life().hasStarted();
      QemuError.require(
          !late, "the emulator opens a " + type + " at its start only: give it by -object");
      if (main) {
        parent.child(id).ifPresent(memory -> set(memory, options));
      } else {
        add(parent, id, create(type, id, options));
      }
    } catch (QemuError incomplete) {
      parent.drop(id);
      throw incomplete;
    }
  }

  private QomObject create(String type, String id, JsonObject options) throws QemuError {
    Board board = guest.board();
    QomObject object = ObjectTree.parse(named(record(type, options), id), board.types()).root();
    if (type.startsWith("memory-backend")) {
      MemoryBackendRules.inherit(object, guest.configuration());
    }
    set(object, options);
    Optional<Property> size = object.property("size");
    object.children().forEach(region -> size.ifPresent(each -> resize(region, each)));
    return object;
  }

  private static void set(QomObject object, JsonObject options) {
    for (Map.Entry<String, JsonValue> each : options.members().entrySet()) {
      Optional<Property> property = object.property(each.getKey());
      property.ifPresent(found -> object.put(found.withValue(typed(found, each.getValue()))));
    }
  }

  private static void resize(QomObject region, Property size) {
    Optional<Property> own = region.property("size");
    own.ifPresent(each -> region.put(new Property(each.name(), each.type(), size.raw())));
  }

  /** Objects of the command line are older than the memory that the machine creates itself. */
  private void add(QomObject parent, String id, QomObject object) {
    Optional<QomObject> memory =
        guest.life().hasStarted() ? Optional.empty() : parent.child(MAIN_MEMORY);
    memory.ifPresent(QomObject::unparent);
    parent.add(id, object);
    memory.ifPresent(each -> parent.add(MAIN_MEMORY, each));
  }

  /** Adds an object that QEMU makes itself before the machine's own; the text is its record. */
  public void place(String name, String text) {
    add(guest.board().userObjects(), name, ObjectTree.object(text, guest.board().types()));
  }

  /** Returns the recorded objects by path; what was recorded as {@code o0} gets the name. */
  private static Map<String, String> named(String record, String id) {
    Map<String, String> byPath = new LinkedHashMap<>();
    for (String part : record.replace("o0[", id + "[").split("(?m)^# ", -1)) {
      int line = part.indexOf('\n');
      if (line >= 0) {
        String path = part.substring(0, line);
        byPath.put(path.isEmpty() ? "/" : path, part.substring(line + 1));
      }
    }
    return byPath;
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
    return bool ? JsonBool.of(Switches.isOn(string.text())) : value;
  }

  private static String record(String type, JsonObject options) throws QemuError {
    if (type.equals("secret")) {
      return SecretObject.RECORD;
    }
    if (type.equals("iommufd")) {
      return IOMMUFD;
    }
    return FilterObject.isOne(type) ? FilterObject.record(type) : recorded(type, options);
  }

  private static String recorded(String type, JsonObject options) throws QemuError {
    Recording objects = Recording.named("objects");
    Optional<String> text = objects.find(type);
    if (text.isPresent()) {
      return filled(text.get(), options);
    }
    Optional<String> refusal = objects.find(type + " refused").filter(r -> !r.isEmpty());
    if (refusal.isPresent()) {
      throw refusal(filled(refusal.get(), options));
    }
    return "# \n" + type + "\ntype\tstring\t\"" + type + "\"\n";
  }

  /** Puts the texts of the user where the recording has {@code @NAME@}. */
  private static String filled(String recorded, JsonObject options) {
    String text = recorded;
    for (Map.Entry<String, JsonValue> each : options.members().entrySet()) {
      if (each.getValue() instanceof JsonString string) {
        text = text.replace("@" + each.getKey() + "@", string.text());
      }
    }
    return text;
  }

  private static QemuError refusal(String text) {
    boolean absent = text.matches("Device '.*' not found");
    return absent ? QemuError.of(ErrorClass.DEVICE_NOT_FOUND, text) : QemuError.generic(text);
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
    if (id.equals(MAIN_MEMORY) || object.type().equals("main-loop") || isLinked(object)) {
      throw QemuError.generic("object '" + id + "' is in use, can not be deleted");
    }
    if (object.type().equals("monitor-hmp")) {
      throw QemuError.generic("Deleting HMP monitors is not supported");
    }
    if (object.type().equals("monitor-qmp")) {
      throw QemuError.generic("Cannot delete the current QMP monitor");
    }
    object.unparent();
  }

  /** Says whether a device goes through an object of type iommufd. */
  private boolean isLinked(QomObject object) {
    String path = JsonString.of(object.path()).toJson();
    return object.type().equals("iommufd")
        && guest.board().devices().stream()
            .flatMap(device -> device.object().stream())
            .flatMap(device -> device.property("iommufd").stream())
            .anyMatch(link -> link.raw().equals(path));
  }

  /** What there is in a guest. */
  private record Present(Guest guest) implements ObjectSurroundings {
    @Override
    public boolean offers(String type) {
      return guest.configuration().host().offers(type);
    }

    @Override
    public boolean hasIommu() {
      return guest.configuration().host().hasIommu();
    }

    @Override
    public boolean hasChardev(String id) {
      return guest.hasChardev(id);
    }

    @Override
    public boolean hasNetdev(String id) {
      return guest.hasNetdev(id);
    }

    @Override
    public Optional<JsonObject> secret(String id) {
      return guest
          .board()
          .userObjects()
          .child(id)
          .filter(object -> object.type().startsWith("secret"))
          .map(Present::members);
    }

    private static JsonObject members(QomObject object) {
      JsonObject members = JsonObject.empty();
      for (Property property : object.properties()) {
        if (property.raw().startsWith("\"")) {
          members.with(property.name(), new JsonText(property.raw()).parsed());
        }
      }
      return members;
    }
  }
}
