package org.vfioap.qemu.process;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.vfioap.qemu.guest.CpuCount;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qapi.Refusals;
import org.vfioap.qemu.qapi.TextScalar;
import org.vfioap.qemu.qom.LoadParameter;
import org.vfioap.qemu.qom.PropertyWrite;
import org.vfioap.qemu.recording.MachineRecording;
import org.vfioap.qemu.scalar.Switches;
import org.vfioap.qemu.vfio.VfioHost;

/**
 * Sets the properties of a machine, one after the other in the order in which QEMU keeps them.
 * Source: softmmu/vl.c and hw/core/machine.c of QEMU 7.2.
 */
final class MachineProperties {
  /** Chosen elsewhere, or handed to an accelerator that is not there. */
  private static final Set<String> LEGACY =
      Set.of("type", "accel", "igd-passthru", "kvm-shadow-mem", "kernel-irqchip", "memory-backend");

  private final CommandLine line;
  private final Console console;
  private final String machine;
  private final List<UserObject> objects;
  private boolean secure;
  private MemoryProperty memory = MemoryProperty.DEFAULT;
  private CpuCount cpus = CpuCount.ONE;
  private final Map<String, Boolean> flags = new LinkedHashMap<>();

  /**
   * Makes the properties of a machine.
   *
   * @param objects of the command line, one of which may make a guest run under Secure Execution
   */
  MachineProperties(CommandLine line, Console console, String machine, List<UserObject> objects) {
    this.objects = objects;
    this.line = line;
    this.console = console;
    this.machine = machine;
  }

  void apply(JsonObject members) throws Exit {
    try {
      for (Map.Entry<String, JsonValue> each : members.members().entrySet()) {
        if (!LEGACY.contains(each.getKey())) {
          set(each.getKey().replace('_', '-'), each.getValue());
        }
      }
    } catch (QemuError refused) {
      throw line.failure(refused.text() + "\n" + refused.hint());
    }
  }

  private void set(String name, JsonValue value) throws QemuError, Exit {
    switch (name) {
      case "smp" -> cpus = smp(object(name, value));
      case "memory" ->
          memory = MemoryProperty.read(object(name, value), console, machine.equals("none"));
      case "boot" -> new BootOption(object(name, value)).check();
      default -> scalar(name, type(name), value);
    }
  }

  private CpuCount smp(JsonObject members) throws QemuError, Exit {
    return new SmpOption(line, console, machine, members).read();
  }

  private void scalar(String name, String type, JsonValue value) throws QemuError {
    TextScalar.check(type.equals("bool") ? "boolean" : type, value, name);
    JsonString string = (JsonString) value;
    if (type.equals("bool")) {
      flags.put(name, Switches.isOn(string.text()));
    }
    if (type.equals("loadparm") || name.equals("loadparm")) {
      LoadParameter.of(string);
    }
    if (name.equals("memory-encryption")) {
      throw QemuError.generic("No such memory encryption object '" + string.text() + "'");
    }
    if (name.equals("confidential-guest-support")
        && UserObject.isAmong(objects, string.text(), VfioHost.SECURE_GUEST)) {
      secure = true;
    } else if (type.startsWith("link<") && !string.text().isEmpty()) {
      throw QemuError.deviceNotFound(string.text());
    }
  }

  private static JsonObject object(String name, JsonValue value) throws QemuError {
    if (!(value instanceof JsonObject object)) {
      throw Refusals.type(name, "object");
    }
    return object;
  }

  /** Looks a property up that few set; the recording is read for them alone. */
  private String type(String property) throws QemuError {
    String recorded = "\n" + MachineRecording.of(machine).get("/machine");
    int at = recorded.indexOf("\n" + property + "\t");
    if (at < 0) {
      throw PropertyWrite.notFound(machine + "-machine", property);
    }
    int from = at + property.length() + 2;
    String type = recorded.substring(from).split("[\t\n]", 2)[0];
    if (type.startsWith("child<")) {
      throw PropertyWrite.notFound(machine + "-machine", property);
    }
    return type;
  }

  MemoryProperty memory() {
    return memory;
  }

  Map<String, Boolean> flags() {
    return flags;
  }

  /** Tells whether the guest runs under Secure Execution. */
  boolean isSecure() {
    return secure;
  }

  CpuCount cpus() {
    return cpus;
  }
}
