package org.vfioap.machine;

import java.util.List;
import java.util.Set;
import org.vfioap.ap.ApConfig;
import org.vfioap.ap.ApMask;
import org.vfioap.ap.Facility;

/**
 * Which adapter and domain numbers a machine can have.
 *
 * @param adapters up to max-adapter
 * @param domains up to max-domain
 */
record Limits(NumberRange adapters, NumberRange domains) {
  static final String MAX_ADAPTER = "max-adapter";
  static final String MAX_DOMAIN = "max-domain";

  private static final ApConfig NOT_EXTENDED = ApConfig.UNKNOWN;

  /** Linux can use extended addressing only if QCI is there to tell of it. */
  static Limits read(Fields machine, Set<Facility> facilities) {
    boolean extended = facilities.containsAll(List.of(Facility.QCI, Facility.APXA));
    int lastAdapter = extended ? ApMask.LAST : NOT_EXTENDED.lastAdapter();
    int lastDomain = extended ? ApMask.LAST : NOT_EXTENDED.lastDomain();
    String because = extended ? "" : " without both qci and apxa";
    return new Limits(
        range(machine, MAX_ADAPTER, new NumberRange("adapter", lastAdapter, because)),
        range(machine, MAX_DOMAIN, new NumberRange("domain", lastDomain, because)));
  }

  private static NumberRange range(Fields machine, String key, NumberRange possible) {
    int last = machine.get(key).map(possible.of(key)::number).orElse(possible.last());
    return last == possible.last()
        ? possible
        : new NumberRange(possible.what(), last, ", the machine's " + key);
  }
}
