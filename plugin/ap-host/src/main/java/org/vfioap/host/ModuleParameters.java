package org.vfioap.host;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.vfioap.bus.ApBus;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.kernel.KernelRule;
import org.vfioap.kernel.KernelRules;
import org.vfioap.sysfs.Attribute;
import org.vfioap.sysfs.AttributeTable;
import org.vfioap.sysfs.Entries;
import org.vfioap.sysfs.SysfsDirectory;

/**
 * {@code /sys/module/NAME/parameters} of the modules ap and zcrypt; all can only be read.
 *
 * <p>Source: the module_param_named lines of ap_bus.c and zcrypt_api.c of Linux 6.1.176, 6.8 as
 * Ubuntu 24.04 ships it, 6.12.117, 6.17, 7.0 and 7.2.13.
 */
final class ModuleParameters {
  /** The bus and its boot parameters, which the files show. */
  private record Shown(ApBus bus, BootParameters boot) {}

  /** Who may read a parameter. */
  private enum Audience {
    /** It helps lszcrypt: for everybody where the kernel wants that. */
    TOOLS,
    /** It tunes the driver: for the administrator. */
    TUNING
  }

  /**
   * A parameter.
   *
   * @param rule what a kernel needs to have it; null if all have it
   */
  private record Parameter(
      String name,
      Audience audience,
      @Nullable KernelRule<Boolean> rule,
      Function<Shown, String> value) {

    boolean isIn(KernelProfile profile) {
      return rule == null || profile.has(rule);
    }

    Attribute<Shown> file(KernelProfile profile) {
      return new Attribute<>(name, mode(profile), shown -> value.apply(shown) + "\n", null, false);
    }

    private int mode(KernelProfile profile) {
      if (!profile.has(KernelRules.PARAMETERS_FOR_EVERYBODY)) {
        return 0440;
      }
      return audience == Audience.TOOLS ? 0444 : 0400;
    }
  }

  /** The domain is the one in use, which the first scan may choose; the others are as booted. */
  private static final Map<String, List<Parameter>> OF_MODULES =
      Map.of(
          "ap",
          List.of(
              always("domain", shown -> Integer.toString(shown.bus().defaultDomain())),
              always("poll_thread", shown -> "0"),
              always("apmask", shown -> text(shown.boot().apmask())),
              always("aqmask", shown -> text(shown.boot().aqmask())),
              always("useirq", shown -> "1"),
              tuning("msgpool_min_items", KernelRules.MESSAGE_POOL, "8")),
          "zcrypt",
          List.of(
              tuning("hwrng_seed", KernelRules.HWRNG_SEED, "1"),
              tuning("mempool_threshold", KernelRules.REQUEST_POOL, "5")));

  private ModuleParameters() {}

  private static Parameter always(String name, Function<Shown, String> value) {
    return new Parameter(name, Audience.TOOLS, null, value);
  }

  private static Parameter tuning(String name, KernelRule<Boolean> rule, String value) {
    return new Parameter(name, Audience.TUNING, rule, shown -> value);
  }

  private static String text(Optional<String> mask) {
    return mask.orElse("(null)");
  }

  /** Returns the directory of a module; a module without parameters has an empty one. */
  static SysfsDirectory moduleDirectory(String module, ApBus bus, BootParameters boot) {
    KernelProfile profile = bus.kernel().profile();
    List<Attribute<Shown>> files =
        Stream.ofNullable(OF_MODULES.get(module))
            .flatMap(List::stream)
            .filter(parameter -> parameter.isIn(profile))
            .map(parameter -> parameter.file(profile))
            .toList();
    if (files.isEmpty()) {
      return Entries.create();
    }
    AttributeTable<Shown> table = AttributeTable.of(bus.kernel().lock(), any -> true, files);
    Entries parameters = Entries.create().withAll(table, new Shown(bus, boot));
    return Entries.create().with("parameters", parameters);
  }
}
