package org.vfioap.machine;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.vfioap.ap.Adapter;
import org.vfioap.ap.AdapterId;
import org.vfioap.ap.AdapterMode;
import org.vfioap.ap.AdapterType;
import org.vfioap.ap.ApMask;

/** Reads {@code adapters}: by number or range of numbers, what stands there. */
final class AdapterReader {
  static final String TYPE = "type";
  static final String MODE = "mode";
  static final String FUNCTIONS = "functions";
  static final String ASSIGNED = "assigned";
  static final String CONFIGURED = "configured";
  static final String CHECKSTOPPED = "checkstopped";

  private static final List<String> KEYS =
      Stream.concat(
              Stream.of(TYPE, MODE, FUNCTIONS, ASSIGNED, CONFIGURED, CHECKSTOPPED),
              CardInfoReader.KEYS.stream())
          .toList();
  private static final long LAST_FUNCTIONS = 0xffff_ffffL;

  private AdapterReader() {}

  static SortedMap<AdapterId, AdapterDescription> read(YamlValue mapping, NumberRange range) {
    SortedMap<AdapterId, AdapterDescription> adapters = new TreeMap<>();
    ApMask seen = ApMask.NONE;
    for (YamlValue.Entry entry :
        mapping.entries("adapters", "adapter numbers, each with its type")) {
      ApMask numbers = range.numbers(entry.key());
      seen = range.disjoint(seen, numbers, entry.key().position());
      AdapterDescription description = describe(entry, numbers);
      numbers.stream().forEach(number -> adapters.put(AdapterId.of(number), description));
    }
    return adapters;
  }

  private static AdapterDescription describe(YamlValue.Entry entry, ApMask numbers) {
    Fields fields = Fields.of(entry.value(), "adapter " + numbers.ranges(), KEYS);
    AdapterType type =
        fields
            .require(TYPE, YamlValue.words(List.of(AdapterType.values()), Enum::name))
            .oneOf(TYPE, List.of(AdapterType.values()), Enum::name);
    Optional<AdapterMode> mode = fields.get(MODE).map(value -> mode(value, type));
    Adapter adapter =
        fields
            .get(FUNCTIONS)
            .map(value -> withFunctions(value, type, mode))
            .orElseGet(() -> Adapter.of(type, mode.orElse(AdapterMode.CCA)))
            .withConfigured(fields.flag(CONFIGURED, true))
            .withCheckstopped(fields.flag(CHECKSTOPPED, false));
    return new AdapterDescription(
        adapter, fields.flag(ASSIGNED, true), CardInfoReader.read(fields, adapter.mode()));
  }

  private static AdapterMode mode(YamlValue value, AdapterType type) {
    AdapterMode mode = value.oneOf(MODE, List.of(AdapterMode.values()), AdapterMode::label);
    if (type.hasModes()) {
      return mode;
    }
    if (mode == AdapterMode.EP11) {
      throw value.position().error(type + " has no EP11 mode", "ep11 for CEX4 and newer");
    }
    throw value
        .position()
        .error(
            type + " has no mode to choose, it always is " + type.fixedMode().label(),
            "mode for CEX4 and newer");
  }

  private static Adapter withFunctions(
      YamlValue value, AdapterType type, Optional<AdapterMode> mode) {
    Adapter adapter = Adapter.of(type, functions(value));
    if (mode.isPresent() && mode.get() != adapter.mode()) {
      throw value
          .position()
          .error(
              "functions "
                  + Quoted.of(value.text(FUNCTIONS, ""))
                  + " do not say "
                  + mode.get().label(),
              "functions of mode "
                  + mode.get().label()
                  + ", such as "
                  + hex(mode.get().functions()));
    }
    return adapter;
  }

  private static int functions(YamlValue value) {
    String allowed = "0x0 to 0xffffffff";
    String text = value.text(FUNCTIONS, allowed);
    long bits = NumberText.parse(text).orElse(Long.MAX_VALUE);
    if (bits > LAST_FUNCTIONS) {
      throw value.position().error("functions " + Quoted.of(text) + " are not 32 bits", allowed);
    }
    return (int) bits;
  }

  /** Returns function bits as sysfs shows them in {@code ap_functions}. */
  static String hex(int functions) {
    return String.format("0x%08X", functions);
  }
}
