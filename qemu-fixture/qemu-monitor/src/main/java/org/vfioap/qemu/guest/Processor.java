package org.vfioap.qemu.guest;

import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.vfioap.qemu.cpu.CpuModel;
import org.vfioap.qemu.cpu.CpuModels;
import org.vfioap.qemu.qapi.QemuError;

/** The model that all CPUs of a guest are of, and what it lets the guest do with AP. */
public final class Processor {
  private final GuestConfiguration configuration;
  private @Nullable CpuModel model;

  Processor(GuestConfiguration configuration) {
    this.configuration = configuration;
  }

  /**
   * Checks the model that {@code -cpu} names against what the accelerator can give.
   *
   * @throws QemuError if it is refused
   */
  void check(GuestEnvironment environment) throws QemuError {
    if (configuration.cpu().isDefault()) {
      return;
    }
    models().configure(model());
    for (int cpu = 0; cpu < configuration.cpus().present(); cpu++) {
      for (String warning : models().warnings(model())) {
        environment.print(configuration.program() + ": warning: " + warning + "\n");
      }
      models().checkAvailable(model());
    }
  }

  /** Returns the CPU models of the machine type. */
  public CpuModels models() {
    return configuration.models();
  }

  private CpuModel model() throws QemuError {
    CpuModel known = model;
    if (known == null) {
      known = configuration.cpu().resolve(models());
      model = known;
    }
    return known;
  }

  /** Returns the model of a guest that has been created. */
  CpuModel checkedModel() {
    try {
      return model();
    } catch (QemuError refused) {
      throw new IllegalStateException("the CPU model was checked at start", refused);
    }
  }

  /** Says whether the guest has the AP instructions. */
  boolean hasAp() {
    return configuration.hasMachine() && hasFeature("ap");
  }

  Set<String> apFeatures() {
    return Stream.of("ap", "apqci", "apft", "apqi")
        .filter(this::hasFeature)
        .collect(Collectors.toSet());
  }

  private boolean hasFeature(String feature) {
    boolean possible = !configuration.accelerator().apFeatures().isEmpty();
    return possible && checkedModel().has(feature);
  }

  /** Returns the features for a host that asks later. */
  Supplier<Set<String>> laterApFeatures() {
    return new ApFeatures();
  }

  /** The features for a host that asks; no lambda, since that would cost time at the start. */
  private final class ApFeatures implements Supplier<Set<String>> {
    @Override
    public Set<String> get() {
      return apFeatures();
    }
  }
}
