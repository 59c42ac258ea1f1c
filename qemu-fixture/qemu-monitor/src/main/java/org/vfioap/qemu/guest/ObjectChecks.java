package org.vfioap.qemu.guest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qapi.Refusals;
import org.vfioap.qemu.qdev.Board;
import org.vfioap.qemu.qom.PropertyWrite;

/**
 * What the setters of users' objects refuse although the type is right. Source: iothread.c,
 * backends/*.c, net/filter.c, block/throttle-groups.c and crypto/tlscreds*.c of QEMU 7.2.
 */
final class ObjectChecks {
  private static final Set<String> READ_ONLY = Set.of("opened", "loaded");
  private static final Set<String> LOOPS = Set.of("iothread", "main-loop");

  private final Board board;

  private ObjectChecks(Board board) {
    this.board = board;
  }

  static ObjectChecks of(Board board) {
    return new ObjectChecks(board);
  }

  void check(String type, JsonObject options) throws QemuError {
    for (Map.Entry<String, JsonValue> each : options.members().entrySet()) {
      property(type, each.getKey(), each.getValue());
    }
    if (type.startsWith("filter-")) {
      checkNetwork(options);
    }
    if (type.equals("rng-random")) {
      checkExists(options.text("filename"), "Could not open '%s': No such file or directory");
    }
    if (type.startsWith("tls-creds-")) {
      String file = type.equals("tls-creds-psk") ? "/keys.psk" : "/ca-cert.pem";
      checkExists(
          options.text("dir").map(directory -> directory + file),
          "Unable to access credentials %s: No such file or directory");
    }
  }

  private void property(String type, String name, JsonValue value) throws QemuError {
    boolean negative = value instanceof JsonNumber.Signed number && number.value() < 0;
    if (READ_ONLY.contains(name)) {
      throw PropertyWrite.notWritable(type, name);
    }
    if (LOOPS.contains(type) && negative) {
      throw QemuError.generic(name + " value must be in range [0, " + Long.MAX_VALUE + "]");
    }
    if (type.equals("throttle-group") && negative) {
      throw QemuError.generic("Property values cannot be negative");
    }
    if (type.equals("cryptodev-backend-builtin")
        && name.equals("queues")
        && !value.toJson().equals("1")) {
      throw QemuError.generic("Only support one queue in cryptdov-builtin backend");
    }
    if (name.equals("prealloc-context") && value instanceof JsonString path) {
      board.tree().resolve(path.text());
    }
  }

  private void checkNetwork(JsonObject options) throws QemuError {
    String status = options.text("status").orElse("on");
    if (!Set.of("on", "off").contains(status)) {
      throw QemuError.generic("Invalid value for netfilter status, should be 'on' or 'off'");
    }
    Optional<String> network = options.text("netdev");
    if (network.isPresent() && !board.hasBackend("netdev", network.get())) {
      throw Refusals.expects("netdev", "a network backend id");
    }
  }

  private static void checkExists(Optional<String> file, String refusal) throws QemuError {
    if (file.isPresent() && !Files.exists(Path.of(file.get()))) {
      throw QemuError.generic(refusal.replace("%s", file.get()));
    }
  }
}
