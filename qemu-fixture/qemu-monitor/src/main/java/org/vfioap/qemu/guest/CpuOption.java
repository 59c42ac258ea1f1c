package org.vfioap.qemu.guest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vfioap.qemu.cpu.CpuModel;
import org.vfioap.qemu.cpu.CpuModels;
import org.vfioap.qemu.qapi.QemuError;

/**
 * The {@code -cpu} option: a model and its switches. Source: hw/core/cpu-common.c and softmmu/vl.c
 * of QEMU 7.2.
 *
 * @param model the model's name
 * @param switches the switches in order
 */
public record CpuOption(String model, Map<String, String> switches) {

  /** The model of a machine that is started without the option. */
  public static final CpuOption DEFAULT = new CpuOption("qemu", Map.of());

  /** Says whether this is what a machine has that is started without the option. */
  boolean isDefault() {
    return model.equals(DEFAULT.model) && switches.isEmpty();
  }

  /**
   * Parses the option's text.
   *
   * @throws QemuError if a switch is not {@code name=value} or the model is unknown
   */
  public static CpuOption parse(String text, CpuModels models) throws QemuError {
    List<String> parts = new ArrayList<>(List.of(text.split(",", -1)));
    String model = parts.remove(0);
    if (text.isEmpty()) {
      throw QemuError.generic("-cpu option cannot be empty");
    }
    if (models.find(model).isEmpty()) {
      throw QemuError.generic("unable to find CPU model '" + model + "'");
    }
    Map<String, String> switches = new LinkedHashMap<>();
    for (String part : parts) {
      int equals = part.indexOf('=');
      if (equals < 0 && !part.isEmpty()) {
        throw QemuError.generic("Expected key=value format, found " + part + ".");
      }
      if (!part.isEmpty()) {
        switches.put(part.substring(0, equals), part.substring(equals + 1));
      }
    }
    return new CpuOption(model, switches);
  }

  /** Returns the option with {@code earlier} switches, over which its own win. */
  public CpuOption after(Map<String, String> earlier) {
    Map<String, String> all = new LinkedHashMap<>(earlier);
    all.putAll(switches);
    return new CpuOption(model, all);
  }

  /**
   * Returns the model with its switches set.
   *
   * @throws QemuError if a switch is unknown or the model lacks the feature
   */
  CpuModel resolve(CpuModels models) throws QemuError {
    CpuModel resolved = models.find(model).orElseThrow();
    for (Map.Entry<String, String> each : switches.entrySet()) {
      try {
        resolved.set(each.getKey(), each.getValue());
      } catch (QemuError refused) {
        String option = resolved.typeName() + "." + each.getKey() + "=" + each.getValue();
        throw refused.prefixed("can't apply global " + option + ": ");
      }
    }
    return resolved;
  }
}
