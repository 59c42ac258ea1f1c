package org.vfioap.machine;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.vfioap.ap.ApMask;
import org.vfioap.ap.ApMatrix;
import org.vfioap.ap.Apqn;
import org.vfioap.ap.ApqnSet;

/** Reads {@code mdevs}: a list of mediated devices to create at boot. */
final class MdevReader {
  static final String UUID = "uuid";

  private static final List<String> KEYS =
      List.of(UUID, MachineReader.ADAPTERS, MachineReader.DOMAINS, MachineReader.CONTROL_DOMAINS);
  private static final Pattern UUID_FORM =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final String UUID_ALLOWED =
      "32 hexadecimal digits as in 62177883-f1bb-47f0-914d-32a22e3a8804";

  private final Limits limits;
  private final Map<MdevDescription, Position> mdevs = new LinkedHashMap<>();
  private final Map<String, Position> uuids = new HashMap<>();
  private final ApqnSet taken = ApqnSet.create();

  private MdevReader(Limits limits) {
    this.limits = limits;
  }

  /** Reads the mdevs in the order of the file, and where each of them stands. */
  static Map<MdevDescription, Position> read(YamlValue list, Limits limits) {
    MdevReader reader = new MdevReader(limits);
    list.elements("mdevs", "a list of mdevs, each with its uuid").forEach(reader::add);
    return reader.mdevs;
  }

  private void add(YamlValue value) {
    Fields fields = Fields.of(value, "the mdev", KEYS);
    String uuid = uuid(fields.require(UUID, UUID_ALLOWED));
    ApMatrix assigned =
        new ApMatrix(
            set(fields, MachineReader.ADAPTERS, limits.adapters()),
            set(fields, MachineReader.DOMAINS, limits.domains()),
            set(fields, MachineReader.CONTROL_DOMAINS, limits.domains().of("control domain")));
    MdevDescription mdev = new MdevDescription(uuid, assigned);
    refuseShared(mdev, value.position());
    mdevs.put(mdev, value.position());
  }

  private String uuid(YamlValue value) {
    String text = value.text(UUID, UUID_ALLOWED);
    if (!UUID_FORM.matcher(text).matches()) {
      throw value.position().error("uuid " + Quoted.of(text) + " is malformed", UUID_ALLOWED);
    }
    String uuid = text.toLowerCase(Locale.ROOT);
    Position first = uuids.putIfAbsent(uuid, value.position());
    if (first != null) {
      throw value
          .position()
          .error(
              "uuid " + uuid + " is given twice, first in line " + first.line(), "each uuid once");
    }
    return uuid;
  }

  private static ApMask set(Fields fields, String key, NumberRange range) {
    return fields.get(key).map(range::set).orElse(ApMask.NONE);
  }

  private void refuseShared(MdevDescription mdev, Position where) {
    ApMatrix assigned = mdev.assigned();
    if (taken.hasAny(assigned.adapters(), assigned.domains())) {
      mdevs.forEach((owner, ownerPosition) -> refuseShared(mdev, where, owner, ownerPosition));
    }
    assigned.adapters().stream().forEach(adapter -> taken.addAll(adapter, assigned.domains()));
  }

  private static void refuseShared(
      MdevDescription mdev, Position where, MdevDescription owner, Position ownerPosition) {
    ApMask adapters = mdev.assigned().adapters().and(owner.assigned().adapters());
    ApMask domains = mdev.assigned().domains().and(owner.assigned().domains());
    if (!adapters.isEmpty() && !domains.isEmpty()) {
      throw where.error(
          String.format(
              "mdev %s shares APQN %s with mdev %s of line %d",
              mdev.uuid(),
              Apqn.of(adapters.next(0), domains.next(0)),
              owner.uuid(),
              ownerPosition.line()),
          "each APQN in one mdev");
    }
  }
}
