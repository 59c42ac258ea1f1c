package org.vfioap.qemu.guest;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qapi.Refusals;

/**
 * Outgoing migration: what blocks it, its state, its capabilities. Source: migration/migration.c of
 * 7.2.
 */
public final class Migration {
  private static final Pattern PROTOCOL = Pattern.compile("(tcp|unix|vsock|exec|fd|rdma):.*");
  private static final String NON_MIGRATABLE = "/1/vfio-ap";

  private final Guest guest;
  private final TreeSet<String> enabled = new TreeSet<>();
  private Optional<String> status = Optional.empty();
  private String error = "";

  Migration(Guest guest) {
    this.guest = guest;
  }

  /** Answers {@code query-migrate}. */
  public JsonObject toJson() {
    JsonObject answer = JsonObject.empty();
    status.ifPresent(text -> answer.with("status", text));
    if (!error.isEmpty()) {
      answer.with("error-desc", error);
    }
    if (isBlocked()) {
      String reason = "non-migratable device: " + NON_MIGRATABLE;
      answer.with("blocked-reasons", JsonArray.ofStrings(List.of(reason)));
    }
    return answer;
  }

  private boolean isBlocked() {
    return guest.board().devices().stream().anyMatch(device -> device.model().equals("vfio-ap"));
  }

  /**
   * Starts a migration.
   *
   * @throws QemuError if a device blocks it or the destination cannot be used
   */
  public void start(String uri) throws QemuError {
    if (isBlocked()) {
      throw QemuError.generic("State blocked by non-migratable device '" + NON_MIGRATABLE + "'");
    }
    try {
      checkDestination(uri);
    } catch (QemuError refused) {
      status = Optional.of("failed");
      error = refused.text();
      throw refused;
    }
    finish();
  }

  private static void checkDestination(String uri) throws QemuError {
    if (!PROTOCOL.matcher(uri).matches()) {
      throw Refusals.expects("uri", "a valid migration protocol");
    }
    if (uri.startsWith("fd:")) {
      throw QemuError.generic(
          "File descriptor named '" + uri.substring(3) + "' has not been found");
    }
  }

  private void finish() {
    error = "";
    status = Optional.of("completed");
    guest.finishMigration();
  }

  /** Stops a migration that runs; without one nothing happens. */
  public void cancel() {
    if (status.equals(Optional.of("active"))) {
      status = Optional.of("cancelled");
    }
  }

  /** Switches capabilities as {@code migrate-set-capabilities} does. */
  public void setCapabilities(JsonArray capabilities) {
    for (JsonValue each : capabilities.items()) {
      JsonObject capability = (JsonObject) each;
      String name = capability.text("capability").orElse("");
      boolean on = capability.get("state").map(v -> v.toString().equals("true")).orElse(false);
      enabled.remove(name);
      if (on) {
        enabled.add(name);
      }
    }
  }

  /** Returns the recorded list of capabilities with what is switched on. */
  public JsonArray capabilities(JsonArray recorded) {
    return JsonArray.of(recorded.items().stream().map(this::capability).toList());
  }

  private JsonValue capability(JsonValue recorded) {
    Map<String, JsonValue> members = ((JsonObject) recorded).members();
    JsonValue name = members.getOrDefault("capability", JsonString.of(""));
    boolean on = name instanceof JsonString string && enabled.contains(string.text());
    return JsonObject.empty().with("state", on).with("capability", name);
  }
}
