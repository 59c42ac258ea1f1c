package org.vfioap.machine;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vfioap.ap.AdapterMode;
import org.vfioap.ap.CardInfo;
import org.vfioap.ap.OperationMode;

/** Reads the keys of an adapter that say what its coprocessor answers. */
final class CardInfoReader {
  static final String SERIALNR = "serialnr";
  static final String API_ORDINALNR = "api-ordinalnr";
  static final String FW_VERSION = "fw-version";
  static final String OP_MODES = "op-modes";

  /** What an adapter may have besides what every adapter has. */
  static final List<String> KEYS = List.of(SERIALNR, API_ORDINALNR, FW_VERSION, OP_MODES);

  private static final List<String> EP11_KEYS = List.of(API_ORDINALNR, FW_VERSION, OP_MODES);

  private CardInfoReader() {}

  /** Returns what the keys say, empty if there is none of them. */
  static Optional<CardInfo> read(Fields fields, AdapterMode mode) {
    if (KEYS.stream().allMatch(key -> fields.get(key).isEmpty())) {
      return Optional.empty();
    }
    refuse(fields, List.of(SERIALNR), mode == AdapterMode.ACCELERATOR, "coprocessors", mode);
    refuse(fields, EP11_KEYS, mode != AdapterMode.EP11, "adapters of mode ep11", mode);
    return Optional.of(
        new CardInfo(
            fields
                .get(SERIALNR)
                .map(v -> v.parse(SERIALNR, t -> CardInfo.serial(t, mode)))
                .orElse(""),
            fields
                .get(API_ORDINALNR)
                .map(v -> v.parse(API_ORDINALNR, CardInfo::apiOrdinal))
                .orElse(0L),
            fields.get(FW_VERSION).map(v -> v.parse(FW_VERSION, CardInfo::firmware)).orElse(0),
            fields.get(OP_MODES).map(CardInfoReader::modes).orElse(Set.of())));
  }

  private static void refuse(
      Fields fields, List<String> keys, boolean wrong, String who, AdapterMode mode) {
    if (wrong) {
      keys.forEach(
          key ->
              fields
                  .get(key)
                  .ifPresent(
                      value -> {
                        throw value
                            .position()
                            .error("mode " + mode.label() + " has no " + key, key + " for " + who);
                      }));
    }
  }

  /** Reads a list of operation modes. */
  static Set<OperationMode> modes(YamlValue list) {
    Set<OperationMode> modes = EnumSet.noneOf(OperationMode.class);
    for (YamlValue each : list.elements(OP_MODES, "a list of " + OperationMode.labels())) {
      modes.add(each.parse(OP_MODES, OperationMode::parse));
    }
    return modes;
  }
}
