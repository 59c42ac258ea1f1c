package org.vfioap.translation.cpu;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.vfioap.xml.cpu.Cpu;
import org.vfioap.xml.cpu.CpuFeature;
import org.vfioap.xml.cpu.CpuFeaturePolicy;
import org.vfioap.xml.cpu.CpuMode;
import org.vfioap.xml.verdict.LibvirtError;
import org.vfioap.xml.verdict.LibvirtRefusal;

/**
 * What follows {@code -cpu}: a model and switches in order. Immutable.
 *
 * <p>Source: qemuBuildCpuModelArgStr and the s390 driver of src/cpu of libvirt 9.0; recorded
 * answers of {@code virsh domxml-to-native}.
 *
 * @param model {@code host}, {@code max} or a name
 * @param switches features with {@code on} or {@code off}, and {@code vendor}
 */
public record CpuOption(String model, Map<String, String> switches) {
  /** Stands for the host's model where it is not known, for a guest with {@code host-model}. */
  public static final String HOST_MODEL = "HOST-MODEL";

  /** Copies the map. */
  public CpuOption {
    switches = Collections.unmodifiableMap(new LinkedHashMap<>(switches));
  }

  /**
   * Returns what libvirt makes of a CPU.
   *
   * @param hostModel what it puts for {@code host-model}
   * @throws LibvirtRefusal if a guest with it would not start: a policy or match that s390x does
   *     not have
   */
  public static CpuOption of(Cpu cpu, CpuOption hostModel) {
    refuseWhatS390Lacks(cpu);
    CpuOption base = base(cpu, hostModel);
    Map<String, String> switches = new LinkedHashMap<>(base.switches());
    if (cpu.mode() == CpuMode.CUSTOM) {
      cpu.vendorId().filter(text -> !text.isEmpty()).ifPresent(v -> switches.put("vendor", v));
    }
    for (CpuFeature each : cpu.features()) {
      switches.put(each.name(), isOn(each.policy()) ? "on" : "off");
    }
    return new CpuOption(base.model(), switches);
  }

  /** Returns what libvirt makes of a CPU, with {@link #HOST_MODEL} for the host's model. */
  public static CpuOption of(Cpu cpu) {
    return of(cpu, new CpuOption(HOST_MODEL, Map.of()));
  }

  private static CpuOption base(Cpu cpu, CpuOption hostModel) {
    return switch (cpu.mode()) {
      case HOST_PASSTHROUGH -> new CpuOption("host", Map.of());
      case MAXIMUM -> new CpuOption("max", Map.of());
      case HOST_MODEL -> hostModel;
      case CUSTOM -> new CpuOption(cpu.model().orElseThrow(), Map.of());
    };
  }

  private static void refuseWhatS390Lacks(Cpu cpu) {
    if (cpu.match().filter("minimum"::equals).isPresent()) {
      throw unsupported("match mode minimum not supported");
    }
    for (CpuFeature each : cpu.features()) {
      if (each.policy() == CpuFeaturePolicy.OPTIONAL) {
        throw unsupported(
                "only cpu feature policies 'require' and 'disable' are supported for "
                    + each.name())
            .withHint("it has policy 'optional'");
      }
    }
  }

  private static LibvirtRefusal unsupported(String text) {
    return LibvirtRefusal.of(LibvirtError.CONFIG_UNSUPPORTED, text);
  }

  private static boolean isOn(CpuFeaturePolicy policy) {
    return policy == CpuFeaturePolicy.FORCE || policy == CpuFeaturePolicy.REQUIRE;
  }

  /**
   * Reads what follows {@code -cpu} as QEMU does: empty elements are skipped, and a switch may also
   * be yes, true, y, no, false or n.
   *
   * <p>Source: hw/core/cpu-common.c (cpu_common_parse_features) and qapi/qapi-util.c
   * (qapi_bool_parse) of QEMU 7.2.
   *
   * @throws IllegalArgumentException if a switch has no value or is neither on nor off
   */
  public static CpuOption parse(String text) {
    String[] elements = text.split(",", -1);
    Map<String, String> switches = new LinkedHashMap<>();
    for (int i = 1; i < elements.length; i++) {
      if (!elements[i].isEmpty()) {
        String[] pair = elements[i].split("=", 2);
        if (pair.length < 2) {
          throw new IllegalArgumentException(
              "Expected key=value format, found " + elements[i] + ".");
        }
        switches.put(pair[0], pair[0].equals("vendor") ? pair[1] : position(pair[0], pair[1]));
      }
    }
    return new CpuOption(elements[0], switches);
  }

  private static String position(String name, String text) {
    return switch (text) {
      case "on", "yes", "true", "y" -> "on";
      case "off", "no", "false", "n" -> "off";
      default ->
          throw new IllegalArgumentException("Parameter '" + name + "' expects 'on' or 'off'");
    };
  }

  /** Returns the CPU to write in a domain for it: features required or disabled. */
  public Cpu toCpu() {
    List<CpuFeature> features = new ArrayList<>();
    switches.forEach(
        (name, value) -> {
          if (!name.equals("vendor")) {
            boolean on = value.equals("on");
            features.add(
                new CpuFeature(name, on ? CpuFeaturePolicy.REQUIRE : CpuFeaturePolicy.DISABLE));
          }
        });
    return switch (model) {
      case "host" -> Cpu.create(CpuMode.HOST_PASSTHROUGH, features);
      case "max" -> Cpu.create(CpuMode.MAXIMUM, features);
      case HOST_MODEL -> Cpu.create(CpuMode.HOST_MODEL, features);
      default -> Cpu.custom(model, features);
    };
  }

  /** Returns {@code model,feature=on,…}. */
  @Override
  public String toString() {
    return model
        + switches.entrySet().stream()
            .map(each -> "," + each.getKey() + "=" + each.getValue())
            .collect(Collectors.joining());
  }
}
