package org.vfioap.qemu.hmp;

import java.util.Locale;
import java.util.Optional;
import org.vfioap.qemu.guest.Guest;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonBool;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonText;
import org.vfioap.qemu.json.JsonValue;

/** What {@code info} prints about migration. Source: monitor/hmp-cmds.c of QEMU 7.2. */
final class MigrationTexts {
  private static final int KIB = 1024;

  private final Guest guest;

  MigrationTexts(Guest guest) {
    this.guest = guest;
  }

  String print(String topic) {
    return switch (topic) {
      case "migrate" -> state();
      case "migrate_capabilities" -> capabilities();
      case "migrate_parameters" -> parameters();
      default -> dirtyRate();
    };
  }

  private String state() {
    JsonObject migration = guest.migration().toJson();
    String idle = recorded("info migrate");
    StringBuilder text = new StringBuilder(idle.isEmpty() ? "" : idle + "\n");
    migration.get("blocked-reasons").ifPresent(reasons -> blocked((JsonArray) reasons, text));
    Optional<String> status = migration.text("status");
    if (status.isPresent()) {
      text.append("Migration status: ").append(status.get());
      migration.text("error-desc").ifPresent(why -> text.append(" (").append(why).append(')'));
      text.append('\n');
      times(migration, text);
    }
    migration.get("ram").ifPresent(ram -> memory((JsonObject) ram, text));
    return text.toString();
  }

  private static void times(JsonObject migration, StringBuilder text) {
    text.append("total time: ").append(number(migration, "total-time")).append(" ms\n");
    line(migration, "expected-downtime", "expected downtime: ", text);
    line(migration, "downtime", "downtime: ", text);
    line(migration, "setup-time", "setup: ", text);
  }

  private static void line(JsonObject migration, String name, String title, StringBuilder text) {
    if (migration.has(name)) {
      text.append(title).append(number(migration, name)).append(" ms\n");
    }
  }

  private static void memory(JsonObject ram, StringBuilder text) {
    double megabits = Double.parseDouble(ram.get("mbps").orElseThrow().toString());
    text.append("transferred ram: ").append(kibibytes(ram, "transferred"));
    text.append(String.format(Locale.ROOT, "throughput: %.2f mbps\n", megabits));
    text.append("remaining ram: ").append(kibibytes(ram, "remaining"));
    text.append("total ram: ").append(kibibytes(ram, "total"));
    text.append("duplicate: ").append(number(ram, "duplicate")).append(" pages\n");
    text.append("skipped: ").append(number(ram, "skipped")).append(" pages\n");
    text.append("normal: ").append(number(ram, "normal")).append(" pages\n");
    text.append("normal bytes: ").append(kibibytes(ram, "normal-bytes"));
    text.append("dirty sync count: ").append(number(ram, "dirty-sync-count")).append('\n');
    text.append("page size: ").append(kibibytes(ram, "page-size"));
    text.append("multifd bytes: ").append(kibibytes(ram, "multifd-bytes"));
    text.append("pages-per-second: ").append(number(ram, "pages-per-second")).append('\n');
    if (number(ram, "precopy-bytes") > 0) {
      text.append("precopy ram: ").append(kibibytes(ram, "precopy-bytes"));
    }
    if (number(ram, "downtime-bytes") > 0) {
      text.append("downtime ram: ").append(kibibytes(ram, "downtime-bytes"));
    }
  }

  private static String kibibytes(JsonObject ram, String name) {
    return number(ram, name) / KIB + " kbytes\n";
  }

  private static long number(JsonObject object, String name) {
    return object.get(name).orElse(object) instanceof JsonNumber.Signed n ? n.value() : 0;
  }

  private static void blocked(JsonArray reasons, StringBuilder text) {
    text.append("Outgoing migration blocked:\n");
    for (JsonValue reason : reasons.items()) {
      String quoted = reason.toString();
      text.append("  ").append(quoted, 1, quoted.length() - 1).append('\n');
    }
  }

  private String recorded(String name) {
    return guest.recording().get(name);
  }

  private JsonText reply(String command) {
    String reply = recorded(command);
    return new JsonText(reply.substring("{\"return\": ".length(), reply.length() - 1));
  }

  private String capabilities() {
    JsonArray recorded = (JsonArray) reply("query-migrate-capabilities").parsed();
    StringBuilder text = new StringBuilder();
    for (JsonValue each : guest.migration().capabilities(recorded).items()) {
      JsonObject capability = (JsonObject) each;
      boolean on = capability.get("state").orElseThrow() == JsonBool.TRUE;
      text.append(capability.text("capability").orElse("")).append(on ? ": on\n" : ": off\n");
    }
    return text.toString();
  }

  /** Fills the values into the recorded lines, which carry the units. */
  private String parameters() {
    JsonObject values = guest.migration().parameters(reply("query-migrate-parameters"));
    StringBuilder text = new StringBuilder();
    for (String line : recorded("info migrate_parameters").lines().toList()) {
      String name = line.substring(0, line.indexOf(':'));
      String unit = line.substring(line.indexOf(':') + 2).replaceFirst("^\\S+", "");
      text.append(name).append(": ");
      boolean word = name.equals("multifd-compression");
      text.append(
          word ? values.text(name).orElse("") : shown(values.get(name).orElse(JsonString.of(""))));
      text.append(unit).append('\n');
    }
    return text.toString();
  }

  private static String shown(JsonValue value) {
    if (value instanceof JsonBool bool) {
      return bool.isTrue() ? "on" : "off";
    }
    if (value instanceof JsonString string) {
      return "'" + string.text() + "'";
    }
    return value.toString();
  }

  private String dirtyRate() {
    JsonObject rate = guest.migration().dirtyRate();
    StringBuilder text = new StringBuilder("Status: ").append(rate.text("status").orElse(""));
    text.append("\nStart Time: ").append(number(rate, "start-time"));
    text.append(" (ms)\nSample Pages: ").append(number(rate, "sample-pages"));
    text.append(" (per GB)\nPeriod: ").append(number(rate, "calc-time"));
    text.append(" (sec)\nMode: page-sampling\nDirty rate: ");
    return text.append(rate.has("dirty-rate") ? "0 (MB/s)\n" : "(not ready)\n").toString();
  }
}
