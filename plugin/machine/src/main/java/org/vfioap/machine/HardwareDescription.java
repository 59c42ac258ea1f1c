package org.vfioap.machine;

import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.vfioap.ap.AdapterId;
import org.vfioap.ap.ApHardware;
import org.vfioap.ap.ApMask;
import org.vfioap.ap.Apqn;
import org.vfioap.ap.Facility;
import org.vfioap.ap.Fault;
import org.vfioap.ap.Faults;

/**
 * The hardware part of a machine.
 *
 * @param maxAdapter highest adapter number
 * @param maxDomain highest domain number
 * @param adapters described adapters, whether or not they are assigned
 * @param queues the queues of which there is something to say
 * @param faults the files that are at fault
 */
record HardwareDescription(
    int maxAdapter,
    int maxDomain,
    Set<Facility> facilities,
    SortedMap<AdapterId, AdapterDescription> adapters,
    ApMask domains,
    ApMask controlDomains,
    SortedMap<Apqn, QueueDescription> queues,
    SortedMap<Faults.Place, Fault> faults) {

  /** Copies what could change. */
  HardwareDescription {
    facilities = Set.copyOf(facilities);
    adapters = Collections.unmodifiableSortedMap(new TreeMap<>(adapters));
    queues = Collections.unmodifiableSortedMap(new TreeMap<>(queues));
    faults = Collections.unmodifiableSortedMap(new TreeMap<>(faults));
  }

  /** Builds the hardware anew: what is done to it later does not change the description. */
  ApHardware build() {
    ApHardware hardware =
        ApHardware.create()
            .facilities(facilities)
            .maxima(maxAdapter, maxDomain)
            .adapters(assignedAdapters())
            .domains(domains)
            .controlDomains(controlDomains);
    adapters.forEach((id, description) -> add(hardware, id, description));
    queues.forEach((apqn, description) -> add(hardware, apqn, description));
    faults.forEach(hardware.faults()::set);
    return hardware;
  }

  private static void add(ApHardware hardware, AdapterId id, AdapterDescription description) {
    hardware.adapter(id, description.adapter());
    description.info().ifPresent(info -> hardware.cardInfo(id, any -> info));
  }

  private static void add(ApHardware hardware, Apqn apqn, QueueDescription description) {
    hardware.queue(apqn, description.state());
    description.info().ifPresent(info -> hardware.queueInfo(apqn, any -> info));
  }

  private ApMask assignedAdapters() {
    int[] numbers =
        adapters.entrySet().stream()
            .filter(entry -> entry.getValue().assigned())
            .mapToInt(entry -> entry.getKey().number())
            .toArray();
    return ApMask.of(numbers);
  }
}
