package org.vfioap.qemu.hmp;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.vfioap.qemu.guest.Cpus;
import org.vfioap.qemu.guest.Guest;
import org.vfioap.qemu.guest.GuestConfiguration;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.persona.QemuRules;
import org.vfioap.qemu.persona.QemuVersion;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qdev.Device;
import org.vfioap.qemu.qom.QomObject;
import org.vfioap.qemu.recording.MachineRecording;
import org.vfioap.qemu.recording.Recording;

/** What {@code info} prints: from state where there is some, else as recorded. */
final class Information {
  private static final String NO_UUID = "00000000-0000-0000-0000-000000000000";

  private static final int PAGE_BITS = 12;
  private static final long FIRMWARE_CEILING = 1L << 31;
  private static final long FIRMWARE_SIZE = 2L << 20;
  private static final long FIRMWARE_ENTRY = 0x3E8;

  private final Guest guest;
  private final HumanMonitor monitor;
  private final Supplier<JsonArray> chardevs;
  private final SharedTopics shared;

  Information(
      Guest guest, HumanMonitor monitor, Supplier<JsonArray> chardevs, SharedTopics shared) {
    this.guest = guest;
    this.monitor = monitor;
    this.chardevs = chardevs;
    this.shared = shared;
  }

  String print(String topic, Map<String, String> arguments) throws QemuError {
    GuestConfiguration configuration = guest.configuration();
    return switch (topic) {
      case "status" -> status();
      case "version" -> QemuVersion.current().number() + QemuVersion.current().distributor() + "\n";
      case "name" -> configuration.name().map(name -> name + "\n").orElse("");
      case "uuid" -> configuration.uuid().orElse(NO_UUID) + "\n";
      case "kvm" -> "kvm support: " + kvm(configuration) + "\n";
      case "cpus" -> guest.cpus().print(monitor.cpu());
      case "hotpluggable-cpus" -> hotpluggableCpus();
      case "qtree" -> guest.board().print();
      case "qom-tree" -> objectTree(arguments.getOrDefault("path", "/machine"));
      case "chardev" -> chardevLines();
      case "vnc" ->
          guest.displays().isPresent() ? guest.displays().get().printed() : recorded(topic);
      case "migrate", "migrate_capabilities", "migrate_parameters", "dirty_rate" ->
          new MigrationTexts(guest).print(topic);
      case "memory_size_summary" ->
          "base memory: "
              + memory()
              + (QemuRules.PLUGGED_MEMORY.now() ? "\nplugged memory: 0\n" : "\n");
      case "balloon" -> {
        guest.checkBalloon();
        yield "balloon: actual=" + (memory() >> 20) + "\n";
      }
      case "mtree" -> MemoryTree.print(guest, arguments);
      case "virtio" -> virtioDevices();
      case "sync-profile" -> Recording.named("probes").get("info sync-profile") + "\n";
      case "profile" -> Recording.named("probes").get("info profile") + "\n";
      case "skeys" -> throw QemuError.generic("This guest is not using storage keys");
      case "stats" -> statistics(topic, arguments);
      case "registers" -> registers(arguments);
      case "cmma" -> pages(Long.parseLong(arguments.getOrDefault("addr", "0")));
      case "memdev" -> shared.memoryBackends();
      case "mice" -> shared.mice();
      case "iothreads" -> shared.ioThreads();
      case "ramblock", "roms", "jit" -> shared.readable(topic);
      case "block", "blockstats" ->
          new BlockLines(guest, guest::print).print(topic, arguments).orElseThrow();
      case "network" -> guest.networks().print();
      case "usernet" -> guest.networks().printConnections();
      case "trace-events" -> traceEvents(arguments.getOrDefault("name", "*"));
      default -> recorded(topic, arguments);
    };
  }

  private String status() {
    String mode = guest.debug().isSingleStep() ? " (single step mode)" : "";
    return "VM status: " + guest.life().state().humanText(mode) + "\n";
  }

  private String recorded(String topic, Map<String, String> arguments) throws QemuError {
    String types = CommandTable.information().find(topic).orElseThrow().types();
    return arguments.isEmpty()
        ? recorded(topic)
        : Recorded.print("info " + topic, types, arguments);
  }

  private static String kvm(GuestConfiguration configuration) {
    if (configuration.host().kvm().isEmpty()) {
      return "not compiled";
    }
    return configuration.accelerator().isKvm() ? "enabled" : "disabled";
  }

  private long memory() {
    return guest.configuration().hasMachine() ? guest.configuration().memory() : 0;
  }

  /** The events themselves are not listed; that a name is none of them is said. */
  private static String traceEvents(String pattern) {
    boolean several = pattern.contains("*") || pattern.contains("?");
    return several ? "" : "unknown event \"" + pattern + "\"\n";
  }

  /** Nothing counts what the machine or its CPUs do; other targets do not exist. */
  private String statistics(String topic, Map<String, String> arguments) throws QemuError {
    String target = arguments.getOrDefault("target", "");
    return target.equals("vm") || target.equals("vcpu") ? "" : recorded(topic, arguments);
  }

  private String registers(Map<String, String> arguments) {
    String wanted = arguments.getOrDefault("vcpu", Integer.toString(monitor.cpu()));
    boolean all = arguments.containsKey("cpustate_all");
    StringBuilder text = new StringBuilder();
    for (Cpus.VirtualCpu cpu : guest.cpus().present()) {
      if (all || wanted.equals(Integer.toString(cpu.core()))) {
        text.append(registersOf(cpu.core()));
      }
    }
    boolean missing = text.length() == 0 && arguments.containsKey("vcpu");
    if (missing) {
      return "CPU#" + wanted + " not available\n";
    }
    return text.length() == 0 && !all ? recorded("registers") : text.toString();
  }

  /**
   * The first CPU starts in the firmware, which lies below the end of memory or below 2 GiB; the
   * others are stopped.
   */
  private String registersOf(int core) {
    long end = Math.min(memory(), FIRMWARE_CEILING);
    String mask = core == 0 ? "$1" : "0".repeat(16);
    long entry = core == 0 ? end - FIRMWARE_SIZE + FIRMWARE_ENTRY : 0;
    return recorded("registers")
        .replace("CPU#0", "CPU#" + core)
        .replaceFirst(
            "mask ([0-9a-f]{16}) addr [0-9a-f]{16}",
            String.format(Locale.ROOT, "mask %s addr %016x", mask, entry));
  }

  /** The attributes of pages; nothing here keeps any. */
  private static String pages(long address) {
    return "  CMMA attributes, pages "
        + (address >>> PAGE_BITS)
        + "+0 (0x"
        + Long.toHexString(address & ((1 << PAGE_BITS) - 1))
        + "):\n\n";
  }

  private String virtioDevices() {
    StringBuilder text = new StringBuilder();
    for (Device device : guest.board().devices()) {
      Optional<QomObject> behind =
          device.object().flatMap(object -> object.child("virtio-backend"));
      behind.ifPresent(
          each -> text.append(each.path()).append(" [").append(name(each)).append("]\n"));
    }
    return text.isEmpty() ? QemuRules.NO_VIRTIO.now() + "\n" : text.toString();
  }

  private static String name(QomObject behind) {
    return behind.type().replaceFirst("-device$", "");
  }

  private String recorded(String topic) {
    MachineRecording recording = guest.recording();
    String text = recording.find("info " + topic).orElse("");
    return text.isEmpty() ? "" : text + "\n";
  }

  private String hotpluggableCpus() throws QemuError {
    if (!guest.configuration().hasMachine()) {
      throw QemuError.generic(QemuRules.NO_HOTPLUGGABLE.now());
    }
    StringBuilder text = new StringBuilder("Hotpluggable CPUs:\n");
    for (JsonValue each : guest.cpus().toHotpluggableJson().items()) {
      JsonObject slot = (JsonObject) each;
      text.append("  type: \"").append(slot.text("type").orElse("")).append("\"\n");
      text.append("  vcpus_count: \"1\"\n");
      slot.text("qom-path")
          .ifPresent(path -> text.append("  qom_path: \"").append(path).append("\"\n"));
      JsonObject properties = (JsonObject) slot.get("props").orElseThrow();
      text.append("  CPUInstance Properties:\n");
      for (String level : List.of("drawer-id", "book-id", "socket-id", "core-id")) {
        properties
            .get(level)
            .ifPresent(id -> text.append("    " + level + ": \"").append(id).append("\"\n"));
      }
    }
    return text.toString();
  }

  private String objectTree(String path) {
    StringBuilder text = new StringBuilder();
    Optional<QomObject> object = guest.board().tree().findOnly(path);
    if (object.isEmpty()) {
      return "Path '" + path + "' could not be resolved.\n";
    }
    print(object.get(), 0, text);
    return text.toString();
  }

  private static void print(QomObject object, int indent, StringBuilder text) {
    String name = object.name();
    text.append(" ".repeat(indent)).append('/').append(name);
    text.append(" (").append(object.type()).append(")\n");
    List<QomObject> children =
        object.children().stream().sorted(Comparator.comparing(QomObject::name)).toList();
    children.forEach(child -> print(child, indent + 2, text));
  }

  private String chardevLines() {
    StringBuilder text = new StringBuilder();
    for (JsonValue each : chardevs.get().items()) {
      JsonObject chardev = (JsonObject) each;
      text.append(chardev.text("label").orElse("")).append(": filename=");
      text.append(chardev.text("filename").orElse("")).append('\n');
    }
    return text.toString();
  }
}
