package org.vfioap.qemu.process;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vfioap.qemu.options.OptionString;
import org.vfioap.qemu.recording.MachineRecording;
import org.vfioap.qemu.recording.Recording;

/**
 * The {@code -machine} options together. Source: softmmu/vl.c and hw/core/machine.c of QEMU 7.2.
 */
final class MachineOption {
  private static final String ALIAS = "s390-ccw-virtio";
  private static final String ALIASED = "s390-ccw-virtio-7.2";
  private static final Set<String> NOT_PROPERTIES =
      Set.of("type", "accel", "loadparm", "memory-backend", "kernel-irqchip");

  private final Map<String, String> properties = new LinkedHashMap<>();
  private final String name;

  MachineOption(CommandLine line) throws Exit {
    for (CommandLine.Option option : line.options()) {
      if (option.name().equals("machine") || option.name().equals("M")) {
        properties.putAll(OptionString.parse(option.value(), "type").values());
      }
    }
    String type = properties.getOrDefault("type", ALIAS);
    name = type.equals(ALIAS) ? ALIASED : type;
    if (!exists(name)) {
      throw line.failure(
          "unsupported machine type\nUse -machine help to list supported machines\n");
    }
    checkProperties(line);
  }

  private static boolean exists(String machine) {
    if (machine.equals(ALIASED) || machine.equals("none")) {
      return true;
    }
    return Recording.named("cli")
        .get("-machine help")
        .lines()
        .anyMatch(text -> text.startsWith(machine + " "));
  }

  private void checkProperties(CommandLine line) throws Exit {
    for (Map.Entry<String, String> each : properties.entrySet()) {
      if (!NOT_PROPERTIES.contains(each.getKey())) {
        checkProperty(line, each.getKey(), each.getValue());
      }
    }
  }

  private void checkProperty(CommandLine line, String property, String value) throws Exit {
    String recorded = "\n" + MachineRecording.of(name).get("/machine");
    int at = recorded.indexOf("\n" + property + "\t");
    if (at < 0) {
      throw line.failure("Property '" + name + "-machine." + property + "' not found\n");
    }
    boolean bool = recorded.startsWith("\n" + property + "\tbool", at);
    if (bool && !Set.of("on", "off", "yes", "no", "true", "false", "y", "n").contains(value)) {
      throw line.failure("Parameter '" + property + "' expects 'on' or 'off'\n");
    }
  }

  /** Returns the machine type without alias. */
  String name() {
    return name;
  }

  /** Returns the accelerators to try. */
  Optional<String> accelerators() {
    return Optional.ofNullable(properties.get("accel"));
  }
}
