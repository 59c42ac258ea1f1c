package org.vfioap.machine;

import java.util.SortedMap;
import java.util.TreeMap;
import org.vfioap.ap.Fault;
import org.vfioap.ap.Faults;

/** Reads {@code faults}: by device and file, what whoever uses the file meets. */
final class FaultReader {
  private final SortedMap<Faults.Place, Fault> faults = new TreeMap<>();

  private FaultReader() {}

  static SortedMap<Faults.Place, Fault> read(YamlValue mapping) {
    FaultReader reader = new FaultReader();
    mapping.entries("faults", "cards and queues, each with its files").forEach(reader::addDevice);
    return reader.faults;
  }

  private void addDevice(YamlValue.Entry entry) {
    String device = entry.key().parse("device", Faults.Place::checkDevice);
    entry
        .value()
        .entries("the faults of " + device, "files, each with a fault")
        .forEach(file -> add(device, file));
  }

  private void add(String device, YamlValue.Entry entry) {
    Faults.Place place = entry.key().parse("file", name -> Faults.Place.of(device, name));
    Fault fault = entry.value().parse("fault", text -> Fault.parse(text).at(place));
    if (faults.put(place, fault) != null) {
      throw entry
          .key()
          .position()
          .error("the fault of " + place + " is given twice", "one of them");
    }
  }
}
