package org.vfioap.translation.cpu;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vfioap.mdev.CpuFeature;

/**
 * What becomes of the CPU features for AP in a guest: whether it gets one, and why not.
 *
 * <p>Source: the document, "Configure a guest for AP"; target/s390x/cpu_models.c of QEMU 7.2: the
 * four features exist from zEC12 on, are in no model by default, and depend on {@code ap}.
 *
 * @param feature {@code ap}, {@code apqci}, {@code apft} or {@code apqi}
 * @param given whether the guest has it
 * @param fatal whether QEMU refuses to start because of it
 * @param reason why, in a sentence; in QEMU's words where QEMU says it
 */
public record ApFeatureAdvice(CpuFeature feature, boolean given, boolean fatal, String reason) {

  /**
   * Returns the advice for each feature.
   *
   * @param option what follows {@code -cpu}
   * @param host which features the host can give
   */
  public static List<ApFeatureAdvice> of(CpuOption option, Set<CpuFeature> host) {
    List<ApFeatureAdvice> advice = new ArrayList<>();
    for (CpuFeature each : CpuFeature.values()) {
      advice.add(of(each, option, host));
    }
    return advice;
  }

  private static ApFeatureAdvice of(CpuFeature feature, CpuOption option, Set<CpuFeature> host) {
    String name = feature.label();
    boolean onByModel = Set.of("host", "max", CpuOption.HOST_MODEL).contains(option.model());
    Optional<String> written = Optional.ofNullable(option.switches().get(name));
    boolean wanted = written.map("on"::equals).orElse(onByModel && host.contains(feature));
    if (!wanted) {
      return new ApFeatureAdvice(feature, false, false, notWanted(name, written, onByModel));
    }
    if (!onByModel && OldModels.contains(option.model())) {
      return fatal(
          feature,
          String.format(
              "Feature '%s' is not available for CPU model '%s', it was introduced with later"
                  + " models.",
              name, option.model()));
    }
    return host.contains(feature)
        ? available(feature, option, host)
        : fatal(feature, lacks(feature));
  }

  private static String notWanted(String name, Optional<String> written, boolean onByModel) {
    if (written.isPresent()) {
      return name + "=off is written";
    }
    return onByModel
        ? "the host does not have it"
        : "no named model has it by default: write " + name + "=on";
  }

  private static ApFeatureAdvice fatal(CpuFeature feature, String reason) {
    return new ApFeatureAdvice(feature, false, true, reason);
  }

  private static String lacks(CpuFeature feature) {
    String why =
        switch (feature) {
          case AP -> "the host has no AP instructions";
          case APQCI -> "the host lacks facility 12, query AP configuration";
          case APFT -> "the host lacks facility 15, AP facilities test";
          case APQI -> "the host lacks facility 65, AP queue interruption";
        };
    return "Some features requested in the CPU model are not available in the configuration: "
        + feature.label()
        + " ("
        + why
        + ")";
  }

  private static ApFeatureAdvice available(
      CpuFeature feature, CpuOption option, Set<CpuFeature> host) {
    boolean hasAp = feature == CpuFeature.AP || of(CpuFeature.AP, option, host).given();
    if (!hasAp) {
      String warning = "warning: '" + feature.label() + "' requires 'ap'.";
      return new ApFeatureAdvice(
          feature, true, false, warning + " Without ap the guest has no AP bus");
    }
    return new ApFeatureAdvice(feature, true, false, meaning(feature));
  }

  private static String meaning(CpuFeature feature) {
    return switch (feature) {
      case AP -> "AP instructions; without it a vfio-ap device cannot be plugged";
      case APQCI -> "the guest can ask for its configuration; without it numbers end at 63 and 15";
      case APFT -> "the guest can test queues; without it its Linux finds no AP devices";
      case APQI -> "queues can interrupt; without it the guest polls them";
    };
  }

  /** Returns {@code apqci: given, …} or {@code apqci: not given, …}. */
  @Override
  public String toString() {
    String what = fatal ? "QEMU does not start" : given ? "given" : "not given";
    return feature.label() + ": " + what + ": " + reason;
  }
}
