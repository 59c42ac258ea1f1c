package org.vfioap.junit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.vfioap.ap.Adapter;
import org.vfioap.ap.ApConfig;
import org.vfioap.ap.ApHardware;
import org.vfioap.ap.ApMask;
import org.vfioap.ap.Facility;
import org.vfioap.ap.QueueState;
import org.vfioap.host.MdevState;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonValue;

/**
 * The writes of a test as a scenario, so that {@code vfioap replay} shows them again without the
 * test. The format is that of testdata/vectors/README.md; guests are not in it.
 */
final class Replay {
  private static final String MATRIX = "/sys/devices/vfio_ap/matrix/";

  private Replay() {}

  static String of(HostFixture fixture) {
    List<JsonValue> ops = new ArrayList<>();
    fixture.machine().boot().mdevs().forEach(mdev -> create(mdev, ops));
    for (WriteJournal.Write write : fixture.writes().writes()) {
      JsonObject op = write(write.path(), write.value());
      write
          .refused()
          .ifPresentOrElse(
              errno -> op.with("err", errno.name()), () -> op.with("ret", write.value().length()));
      ops.add(op);
    }
    return JsonObject.of("name", "test")
            .with("hw", hardware(fixture))
            .with("ops", new JsonArray(ops))
            .toJson()
        + "\n";
  }

  /** A scenario begins without mdevs. */
  private static void create(MdevState mdev, List<JsonValue> ops) {
    String directory = MATRIX + mdev.uuid();
    ops.add(write(MATRIX + "mdev_supported_types/vfio_ap-passthrough/create", mdev.uuid()));
    assign(ops, directory + "/assign_adapter", mdev.assigned().adapters());
    assign(ops, directory + "/assign_domain", mdev.assigned().domains());
    assign(ops, directory + "/assign_control_domain", mdev.assigned().controlDomains());
  }

  private static void assign(List<JsonValue> ops, String path, ApMask numbers) {
    numbers.stream().forEach(number -> ops.add(write(path, String.valueOf(number))));
  }

  private static JsonObject write(String path, String value) {
    return JsonObject.of("op", "write").with("path", path).with("in", value);
  }

  private static JsonObject hardware(HostFixture fixture) {
    ApHardware hardware = fixture.machine().hardware();
    ApConfig config = hardware.configuration();
    JsonObject hw =
        JsonObject.of("apm", config.adapters().ranges())
            .with("aqm", config.domains().ranges())
            .with("adm", config.controlDomains().ranges())
            .with("na", config.maxAdapter())
            .with("nd", config.maxDomain());
    for (Facility each : List.of(Facility.QCI, Facility.APFT, Facility.APXA, Facility.QACT)) {
      hw.with(each.name().toLowerCase(Locale.ROOT), hardware.has(each) ? 1 : 0);
    }
    config.adapters().stream().forEach(number -> adapter(hw, number, hardware.describe(number)));
    hardware.troubledQueues().forEach((queue, state) -> hw.with("q" + queue, word(state)));
    masks(fixture).forEach(hw::with);
    return hw;
  }

  private static void adapter(JsonObject hw, int number, Adapter adapter) {
    hw.with("type" + number, adapter.type().number());
    // Scenarios have one kind of adapter; results of writes do not depend on it.
    hw.with("fac", "0x" + Integer.toHexString(adapter.functions()));
    if (!adapter.configured()) {
      hw.with("decfg" + number, 1);
    }
  }

  private static String word(QueueState state) {
    return switch (state) {
      case OK -> "ok";
      case ABSENT -> "absent";
      case CHECKSTOPPED -> "checkstop";
      case DECONFIGURED -> "deconfigured";
      case RESET_BUSY_ONCE -> "reset-once";
      case RESET_STUCK -> "stuck";
      default -> "ok"; // what scenarios do not know
    };
  }

  /** The masks after boot, whatever the command line said. */
  private static Map<String, String> masks(HostFixture fixture) {
    List<ApMask> masks = fixture.machine().boot().masks();
    return Map.of("ap.apmask", masks.get(0).toString(), "ap.aqmask", masks.get(1).toString());
  }
}
