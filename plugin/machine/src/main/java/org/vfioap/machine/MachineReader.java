package org.vfioap.machine;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.vfioap.ap.AdapterId;
import org.vfioap.ap.ApHardware;
import org.vfioap.ap.ApMask;
import org.vfioap.ap.Apqn;
import org.vfioap.ap.Facility;
import org.vfioap.host.BootParameters;
import org.vfioap.host.ScanPolicy;
import org.vfioap.kernel.KernelProfile;

/** Reads a whole machine file. */
final class MachineReader {
  static final String PROFILE = "profile";
  static final String SCAN = "scan";
  static final String FACILITIES = "facilities";
  static final String ADAPTERS = "adapters";
  static final String DOMAINS = "domains";
  static final String CONTROL_DOMAINS = "control-domains";
  static final String QUEUES = "queues";
  static final String FAULTS = "faults";
  static final String BOOT = "boot";
  static final String WRITES = "writes";
  static final String MDEVS = "mdevs";
  static final String GUESTS = "guests";
  static final String FILES = "files";

  private static final List<String> KEYS =
      List.of(
          PROFILE,
          SCAN,
          Limits.MAX_ADAPTER,
          Limits.MAX_DOMAIN,
          FACILITIES,
          ADAPTERS,
          DOMAINS,
          CONTROL_DOMAINS,
          QUEUES,
          FAULTS,
          BOOT,
          WRITES,
          MDEVS,
          GUESTS,
          FILES);

  private final Fields fields;
  private final Set<Facility> facilities;
  private final Limits limits;

  private MachineReader(YamlValue root) {
    fields = Fields.of(root, "the machine", KEYS);
    facilities = fields.get(FACILITIES).map(MachineReader::facilities).orElse(installed());
    limits = Limits.read(fields, facilities);
  }

  static Machine read(YamlValue root) {
    MachineReader reader = new MachineReader(root);
    Fields fields = reader.fields;
    Map<MdevDescription, Position> mdevs =
        fields.get(MDEVS).map(v -> MdevReader.read(v, reader.limits)).orElse(Map.of());
    Map<GuestDescription, Position> guests =
        fields.get(GUESTS).map(v -> GuestReader.read(v, mdevs.keySet())).orElse(Map.of());
    Positions positions =
        new Positions(
            fields.get(WRITES).map(WriteReader::positions).orElse(List.of()),
            List.copyOf(mdevs.values()),
            List.copyOf(guests.values()));
    return new Machine(
        reader.describe(List.copyOf(mdevs.keySet()), List.copyOf(guests.keySet())), positions);
  }

  private MachineDescription describe(List<MdevDescription> mdevs, List<GuestDescription> guests) {
    return new MachineDescription(
        fields
            .get(PROFILE)
            .map(v -> KernelProfile.parse(v.oneOf(PROFILE, KernelProfile.names(), name -> name)))
            .orElse(KernelProfile.DOCUMENTED),
        fields
            .get(SCAN)
            .map(v -> v.oneOf(SCAN, List.of(ScanPolicy.values()), YamlValue::word))
            .orElse(ScanPolicy.IMMEDIATE),
        hardware(),
        fields.get(BOOT).map(BootReader::read).orElse(BootParameters.NONE),
        fields.get(WRITES).map(WriteReader::read).orElse(List.of()),
        mdevs,
        guests,
        fields.get(FILES).map(FileReader::read).orElseGet(TreeMap::new));
  }

  private HardwareDescription hardware() {
    SortedMap<AdapterId, AdapterDescription> adapters =
        fields
            .get(ADAPTERS)
            .map(v -> AdapterReader.read(v, limits.adapters()))
            .orElseGet(TreeMap::new);
    SortedMap<Apqn, QueueDescription> queues =
        fields
            .get(QUEUES)
            .map(v -> QueueReader.read(v, adapters, limits.domains()))
            .orElseGet(TreeMap::new);
    return new HardwareDescription(
        limits.adapters().last(),
        limits.domains().last(),
        facilities,
        adapters,
        set(DOMAINS, limits.domains()),
        set(CONTROL_DOMAINS, limits.domains().of("control domain")),
        queues,
        fields.get(FAULTS).map(FaultReader::read).orElseGet(TreeMap::new));
  }

  private ApMask set(String key, NumberRange range) {
    return fields.get(key).map(range::set).orElse(ApMask.NONE);
  }

  private static Set<Facility> installed() {
    return ApHardware.create().facilities();
  }

  private static Set<Facility> facilities(YamlValue mapping) {
    List<Facility> all = List.of(Facility.values());
    Fields fields = Fields.of(mapping, FACILITIES, all.stream().map(YamlValue::word).toList());
    Set<Facility> facilities = EnumSet.noneOf(Facility.class);
    for (Facility facility : all) {
      if (fields.flag(YamlValue.word(facility), installed().contains(facility))) {
        facilities.add(facility);
      }
    }
    return facilities;
  }
}
