package org.vfioap.qemu.qom;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qapi.Refusals;
import org.vfioap.qemu.recording.Recording;

/**
 * Writes to properties of live objects: who is read-only, what is fixed once a device is realized,
 * what links may point to. Source: qom/object.c and hw/core/qdev-properties.c of QEMU 7.2.
 */
final class PropertySetter {
  private static final Set<String> READ_ONLY =
      Set.of(
          "type",
          "parent_bus",
          "hotplugged",
          "hotpluggable",
          "static",
          "migration-safe",
          "description",
          "crash-information",
          "unavailable-features",
          "dev_id",
          "subch_id",
          "cssid-unrestricted",
          "guest-stats",
          "loaded",
          "opened");
  private static final Set<String> CHANGEABLE =
      Set.of(
          "realized",
          "migration-enabled",
          "allow_all_mask_sizes",
          "guest-stats-polling-interval",
          "start-powered-off");
  private static final Set<String> FIXED_MEMORY = Set.of("share", "reserve");

  private static final Map<String, String> MEMBERS =
      Map.of(
          "BootConfiguration", " order once menu splash splash-time reboot-timeout strict",
          "MemorySizeConfiguration", " size max-size slots",
          "SMPConfiguration", " cpus sockets dies clusters cores threads maxcpus");

  /** Source: qapi/machine.json and qapi/crypto.json of QEMU 7.2. */
  private static final Map<String, Set<String>> WORDS =
      Map.of(
          "HostMemPolicy", Set.of("default", "preferred", "bind", "interleave"),
          "QCryptoSecretFormat", Set.of("raw", "base64"),
          "QCryptoTLSCredsEndpoint", Set.of("client", "server"));

  private final ObjectTree tree;
  private final TypeTable types;

  PropertySetter(ObjectTree tree, TypeTable types) {
    this.tree = tree;
    this.types = types;
  }

  /** Returns the property with {@code value} written to it. */
  Property write(QomObject object, Property property, JsonValue value) throws QemuError {
    QomObject owner = owner(object, property);
    if (isReadOnly(owner, property)) {
      throw PropertyWrite.notWritable(owner.type(), property.name());
    }
    if (types.isA(owner.type(), "device") && isRealized(owner)) {
      checkDevice(owner, property);
    }
    if (types.isA(owner.type(), "memory-backend")) {
      checkMemory(owner, property);
    }
    PropertyWrite.checkType(property.name(), property.type(), value);
    if (property.isLink()) {
      return link(property, ((JsonString) value).text());
    }
    checkValue(owner, property, value);
    if (value instanceof JsonObject members) {
      checkMembers(property, members);
      return property;
    }
    boolean loadParameter = property.type().equals("loadparm");
    return property.withValue(loadParameter ? LoadParameter.of((JsonString) value) : value);
  }

  /** Properties of the device behind a virtio transport are aliases of its own. */
  private static QomObject owner(QomObject object, Property property) {
    Optional<QomObject> behind = object.child("virtio-backend");
    String name = property.name();
    boolean both = READ_ONLY.contains(name) && !name.equals("guest-stats");
    boolean own = both || name.equals("realized") || name.equals("ioeventfd");
    boolean alias = behind.flatMap(each -> each.property(name)).isPresent();
    return own || !alias ? object : behind.orElse(object);
  }

  private boolean isReadOnly(QomObject owner, Property property) {
    String name = property.name();
    return property.isChild()
        || READ_ONLY.contains(name)
        || name.startsWith("legacy-")
        || name.startsWith("child[")
        || owner.type().equals("memory-region")
        || owner.type().startsWith("chardev-");
  }

  private static boolean isRealized(QomObject device) {
    return device.property("realized").filter(each -> each.raw().equals("false")).isEmpty();
  }

  private void checkDevice(QomObject owner, Property property) throws QemuError {
    String name = property.name();
    if (CHANGEABLE.contains(name) || property.isLink() || !isListed(owner.type(), name)) {
      return;
    }
    boolean feature = types.isA(owner.type(), "s390x-cpu") && !name.equals("core-id");
    String device =
        owner.path().startsWith("/machine/peripheral/") && !owner.name().equals("virtio-backend")
            ? "device '" + owner.name() + "'"
            : "anonymous device";
    String who = feature ? "'" + owner.type() + "'" : device + " (type '" + owner.type() + "')";
    throw QemuError.generic(
        "Attempt to set property '" + name + "' on " + who + " after it was realized");
  }

  private static boolean isListed(String type, String property) {
    return Recording.named("properties")
        .find("device " + type)
        .filter(list -> list.contains("\"name\": \"" + property + "\""))
        .isPresent();
  }

  private static void checkMemory(QomObject owner, Property property) throws QemuError {
    if (property.name().equals("size")) {
      throw QemuError.generic("cannot change property size of " + owner.type() + " ");
    }
  }

  private static void checkValue(QomObject owner, Property property, JsonValue value)
      throws QemuError {
    if (FIXED_MEMORY.contains(property.name()) && !value.toJson().equals(property.raw())) {
      throw QemuError.generic("cannot change property value");
    }
    if (property.name().equals("prealloc-threads") && value.toJson().equals("0")) {
      throw QemuError.generic(
          "property 'prealloc-threads' of " + owner.type() + " doesn't take value '0'");
    }
    if (property.name().equals("guest-stats-polling-interval")) {
      checkInterval(value);
    }
    if (property.name().equals("memory-encryption")) {
      String object = ((JsonString) value).text();
      throw QemuError.generic("No such memory encryption object '" + object + "'");
    }
    Set<String> words = WORDS.get(property.type());
    if (words != null && value instanceof JsonString word && !words.contains(word.text())) {
      throw Refusals.enumeration(property.name(), word.text());
    }
  }

  /** The machine exists, so its configuration is only checked. */
  private static void checkMembers(Property property, JsonObject members) throws QemuError {
    String known = MEMBERS.getOrDefault(property.type(), "");
    for (String name : members.members().keySet()) {
      if (!(known + " ").contains(" " + name + " ")) {
        throw Refusals.unexpected(property.name() + "." + name);
      }
    }
  }

  private static void checkInterval(JsonValue value) throws QemuError {
    long seconds = value instanceof JsonNumber.Signed number ? number.value() : Long.MAX_VALUE;
    if (seconds < 0) {
      throw QemuError.generic("timer value must be greater than zero");
    }
    if (seconds > 0xFFFFFFFFL) {
      throw QemuError.generic("timer value is too big");
    }
  }

  private Property link(Property property, String path) throws QemuError {
    if (path.isEmpty()) {
      return property.withValue(JsonString.of(""));
    }
    String target = property.type().substring("link<".length(), property.type().length() - 1);
    QomObject found = tree.resolveAs(path, property.name(), target, types);
    return property.withValue(ObjectTree.pathOf(found));
  }
}
