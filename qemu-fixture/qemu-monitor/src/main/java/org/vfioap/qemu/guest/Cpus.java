package org.vfioap.qemu.guest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vfioap.qemu.cpu.CpuModel;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.persona.QemuRules;
import org.vfioap.qemu.qapi.QemuError;

/** The virtual CPUs. Source: hw/s390x/s390-virtio-ccw.c of QEMU 7.2, and measured. */
public final class Cpus {
  private final List<VirtualCpu> cpus = new ArrayList<>();
  private final CpuCount count;
  private final int maximum;
  private final String defaultType;
  private final long firstThread;

  Cpus(CpuCount count, CpuModel model) {
    this.count = count;
    maximum = count.maximum();
    defaultType = model.typeName();
    firstThread = ProcessHandle.current().pid() + 3;
    for (int i = 0; i < count.present(); i++) {
      cpus.add(new VirtualCpu(i, "/machine/unattached/device[" + i + "]", firstThread + i));
    }
  }

  /** Returns the present CPUs in the order in which they came. */
  public List<VirtualCpu> present() {
    return cpus;
  }

  /** Returns how many cores there may be. */
  public int maximum() {
    return maximum;
  }

  void checkFree(long core) throws QemuError {
    if (core < 0 || core >= maximum) {
      throw refusal(core, ", maximum core-id: " + (maximum - 1));
    }
    if (cpus.stream().anyMatch(cpu -> cpu.core() == core)) {
      throw refusal(core, ", it already exists");
    }
  }

  private static QemuError refusal(long core, String why) {
    return QemuError.generic("Unable to add CPU with core-id: " + core + why);
  }

  void plug(int core, String path) {
    cpus.add(new VirtualCpu(core, path, firstThread + cpus.size()));
  }

  /** Answers {@code query-cpus-fast}. */
  public JsonArray toFastJson(boolean operating) {
    List<JsonValue> answer = new ArrayList<>();
    for (VirtualCpu cpu : cpus) {
      boolean first = cpu.core() == 0;
      answer.add(
          JsonObject.of("thread-id", org.vfioap.qemu.json.JsonNumber.of(cpu.thread()))
              .with("props", properties(cpu.core()))
              .with("cpu-state", first || operating ? "operating" : "stopped")
              .with("qom-path", cpu.path())
              .with("cpu-index", cpu.core())
              .with("target", "s390x"));
      if (QemuRules.CPU_TYPES.now()) {
        ((JsonObject) answer.get(answer.size() - 1)).with("qom-type", defaultType);
      }
    }
    return new JsonArray(answer);
  }

  /** Answers {@code query-hotpluggable-cpus}: the highest core first. */
  public JsonArray toHotpluggableJson() {
    List<JsonValue> answer = new ArrayList<>();
    for (int core = maximum - 1; core >= 0; core--) {
      JsonObject slot =
          JsonObject.of("props", properties(core)).with("vcpus-count", 1).with("type", defaultType);
      find(core).ifPresent(cpu -> slot.with("qom-path", cpu.path()));
      answer.add(slot);
    }
    return new JsonArray(answer);
  }

  private Optional<VirtualCpu> find(int core) {
    return cpus.stream().filter(cpu -> cpu.core() == core).findFirst();
  }

  /** Source: hw/s390x/cpu-topology.c (s390_topology_from_cpu) of QEMU 8.2. */
  private JsonObject properties(int core) {
    JsonObject properties = JsonObject.empty().with("core-id", core);
    if (QemuRules.CPU_TOPOLOGY.now()) {
      int perSocket = Math.max(1, count.cores());
      int perBook = perSocket * Math.max(1, count.sockets());
      int perDrawer = perBook * Math.max(1, count.books());
      properties
          .with("socket-id", core / perSocket % Math.max(1, count.sockets()))
          .with("book-id", core / perBook % Math.max(1, count.books()))
          .with("drawer-id", core / perDrawer % Math.max(1, count.drawers()));
    }
    return properties;
  }

  /** Returns the lines of {@code info cpus}; {@code current} is marked. */
  public String print(int current) {
    StringBuilder text = new StringBuilder();
    for (VirtualCpu cpu : cpus) {
      text.append(cpu.core() == current ? "* " : "  ");
      text.append("CPU #").append(cpu.core()).append(": thread_id=").append(cpu.thread());
      if (QemuRules.CPU_TYPES.now()) {
        text.append(" model=").append(defaultType.replaceFirst("-s390x-cpu$", ""));
      }
      text.append('\n');
    }
    return text.toString();
  }

  /**
   * A CPU that is there.
   *
   * @param core its core identifier
   * @param path its object's path
   * @param thread the identifier of the thread that would run it
   */
  public record VirtualCpu(int core, String path, long thread) {}
}
