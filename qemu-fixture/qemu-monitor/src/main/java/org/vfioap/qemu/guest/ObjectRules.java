package org.vfioap.qemu.guest;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.options.Identifiers;
import org.vfioap.qemu.persona.QemuRules;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qapi.Refusals;
import org.vfioap.qemu.qom.PropertyWrite;
import org.vfioap.qemu.qom.TypeTable;

/**
 * What objects of users refuse: values when they are set, in the order in which QEMU keeps them,
 * then what they miss when they are complete. Source: the classes behind {@code object-add} of QEMU
 * 7.2, and measured.
 */
public final class ObjectRules {
  private static final Set<String> POSITIVE = Set.of("size", "prealloc-threads", "hugetlbsize");
  private static final Set<String> NOT_WRITABLE = Set.of("loaded", "opened");
  private static final Set<String> THREADS = Set.of("iothread", "main-loop");
  private static final Set<String> STATES = Set.of("on", "off");

  private final TypeTable types;
  private final ObjectSurroundings surroundings;

  private ObjectRules(TypeTable types, ObjectSurroundings surroundings) {
    this.types = types;
    this.surroundings = surroundings;
  }

  /** Returns the rules for objects amid {@code surroundings}. */
  public static ObjectRules of(TypeTable types, ObjectSurroundings surroundings) {
    return new ObjectRules(types, surroundings);
  }

  /**
   * Checks the members of an object whose names and types fit the schema.
   *
   * @throws QemuError if QEMU refuses to create it
   */
  public void check(JsonObject members) throws QemuError {
    checkValues(members);
    checkComplete(members);
  }

  /** Checks what QEMU checks before it looks whether the identifier is free. */
  void checkValues(JsonObject members) throws QemuError {
    String type = members.text("qom-type").orElse("");
    Identifiers.check(members.text("id").orElse(""));
    if (!types.exists(type) && !surroundings.offers(type)) {
      throw QemuError.generic("invalid object type: " + type);
    }
    for (Map.Entry<String, JsonValue> each : members.members().entrySet()) {
      checkValue(type, each.getKey(), each.getValue());
    }
  }

  private static void checkValue(String type, String name, JsonValue value) throws QemuError {
    boolean zero = value instanceof JsonNumber.Signed number && number.value() == 0;
    if (NOT_WRITABLE.contains(name)) {
      throw PropertyWrite.notWritable(type, name);
    }
    if (type.startsWith("memory-backend") && POSITIVE.contains(name) && zero) {
      throw QemuError.generic("property '" + name + "' of " + type + " doesn't take value '0'");
    }
    if (name.equals("queues") && zero) {
      throw QemuError.generic("Property '" + type + ".queues' doesn't take value '0'");
    }
    if (type.equals("filter-buffer") && name.equals("interval") && zero) {
      throw QemuError.generic("Property '" + type + ".interval' requires a positive value");
    }
    boolean negative = value instanceof JsonNumber.Signed number && number.value() < 0;
    if (type.equals("throttle-group") && negative) {
      throw QemuError.generic("Property values cannot be negative");
    }
    if (THREADS.contains(type) && negative) {
      throw QemuError.generic(name + " value must be in range [0, " + Long.MAX_VALUE + "]");
    }
  }

  /** Checks what QEMU checks once the object has its place. */
  void checkComplete(JsonObject members) throws QemuError {
    String type = members.text("qom-type").orElse("");
    switch (type) {
      case "memory-backend-ram", "memory-backend-file", "memory-backend-memfd" ->
          MemoryBackendRules.check(type, members);
      case "iothread", "main-loop" -> checkThreads(members);
      case "secret" -> SecretObject.check(members, surroundings);
      case "secret_keyring" -> throw keyring(members);
      case "throttle-group" -> ThrottleRules.check(members);
      case "cryptodev-backend-builtin" -> checkBuiltin(members);
      case "rng-egd", "cryptodev-vhost-user" -> checkChardev(members);
      case "qtest" -> checkQtest(members);
      case "iommufd" ->
          QemuError.require(
              surroundings.hasIommu() || !QemuRules.IOMMU_NEEDED.now(),
              "/dev/iommu does not exist (is your kernel config missing CONFIG_IOMMUFD?)");
      default -> checkFiles(type, members);
    }
  }

  private void checkFiles(String type, JsonObject members) throws QemuError {
    if (FilterObject.isOne(type)) {
      checkFilter(members);
    } else if (type.startsWith("tls-creds-")) {
      CredentialRules.check(type, members);
    } else if (type.startsWith("authz-")
        || type.equals("input-linux")
        || type.equals("rng-random")) {
      FileRules.check(type, members);
    } else if (type.equals("tls-cipher-suites") && !members.has("priority")) {
      throw QemuError.generic("'priority' property is not set");
    } else {
      PeerRules.check(type, members);
    }
  }

  private static String text(JsonObject members, String name) {
    return members.text(name).orElse("");
  }

  private static long number(JsonObject members, String name, long otherwise) {
    return members.get(name).orElse(null) instanceof JsonNumber.Signed number
        ? number.value()
        : otherwise;
  }

  private static void checkThreads(JsonObject members) throws QemuError {
    if (number(members, "thread-pool-min", 0) > number(members, "thread-pool-max", 64)) {
      throw QemuError.generic("bad thread-pool-min/thread-pool-max values");
    }
  }

  private static QemuError keyring(JsonObject members) {
    int serial = (int) number(members, "serial", 0);
    return QemuError.generic(
        String.format(
            Locale.ROOT, "Unable to read serial key %08x: Required key not available", serial));
  }

  private static void checkBuiltin(JsonObject members) throws QemuError {
    if (number(members, "queues", 1) != 1) {
      throw QemuError.generic("Only support one queue in cryptdov-builtin backend");
    }
  }

  private void checkChardev(JsonObject members) throws QemuError {
    String id = text(members, "chardev");
    if (!surroundings.hasChardev(id)) {
      throw QemuError.deviceNotFound(id);
    }
  }

  private void checkQtest(JsonObject members) throws QemuError {
    String id = text(members, "chardev");
    if (!surroundings.hasChardev(id)) {
      throw QemuError.generic("Cannot find character device '" + id + "'");
    }
  }

  private void checkFilter(JsonObject members) throws QemuError {
    if (!STATES.contains(members.text("status").orElse("on"))) {
      throw QemuError.generic("Invalid value for netfilter status, should be 'on' or 'off'");
    }
    if (!surroundings.hasNetdev(text(members, "netdev"))) {
      throw Refusals.expects("netdev", "a network backend id");
    }
  }

  static Optional<JsonArray> list(JsonObject members, String name) {
    return members.get(name).map(value -> value instanceof JsonArray array ? array : null);
  }
}
