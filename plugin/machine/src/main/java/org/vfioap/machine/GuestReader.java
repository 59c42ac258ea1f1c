package org.vfioap.machine;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads {@code guests}: who uses which mdev after boot. */
final class GuestReader {
  static final String NAME = "name";
  static final String MDEV = "mdev";

  private static final List<String> KEYS = List.of(NAME, MDEV);
  private static final String NAME_FORM = "1 to 63 letters, digits, '.', '_' and '-'";

  private final Set<String> mdevs;
  private final Map<GuestDescription, Position> guests = new LinkedHashMap<>();
  private final Map<String, Position> seen = new HashMap<>();

  private GuestReader(Set<String> mdevs) {
    this.mdevs = mdevs;
  }

  /** Reads the guests of these mdevs in the order of the file, and where each of them stands. */
  static Map<GuestDescription, Position> read(YamlValue list, Set<MdevDescription> mdevs) {
    GuestReader reader =
        new GuestReader(
            mdevs.stream().map(MdevDescription::uuid).collect(Collectors.toUnmodifiableSet()));
    list.elements("guests", "a list of guests, each with its name and mdev").forEach(reader::add);
    return reader.guests;
  }

  private void add(YamlValue value) {
    Fields fields = Fields.of(value, "the guest", KEYS);
    YamlValue named = fields.require(NAME, NAME_FORM);
    String name = named.text(NAME, NAME_FORM);
    if (!name.matches("[A-Za-z0-9._-]{1,63}")) {
      throw named.position().error("name " + Quoted.of(name) + " is malformed", NAME_FORM);
    }
    YamlValue used = fields.require(MDEV, "the uuid of one of the mdevs");
    String mdev = used.text(MDEV, "the uuid of one of the mdevs").toLowerCase(Locale.ROOT);
    if (!mdevs.contains(mdev)) {
      throw used.position()
          .error("mdev " + Quoted.of(mdev) + " is not described", "the uuid of one of the mdevs");
    }
    once("guest " + name, named.position());
    once("mdev " + mdev, used.position());
    guests.put(new GuestDescription(name, mdev), value.position());
  }

  private void once(String what, Position where) {
    Position first = seen.putIfAbsent(what, where);
    if (first != null) {
      throw where.error(
          what + " is given twice, first in line " + first.line(),
          "one mdev per guest, and one guest per mdev");
    }
  }
}
