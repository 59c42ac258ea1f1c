package org.vfioap.translation.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vfioap.ap.Apqn;

/**
 * The rules between hardware and vfio_ap's pool. Source: the document, "AP Architectural Overview"
 * and "Reserve APQNs"; drivers/s390/crypto/ap_bus.c of Linux 6.1.
 */
final class BusRules {
  private final QueueFiles files;
  private final Apqn apqn;
  private final List<Finding> findings = new ArrayList<>();

  private BusRules(QueueFiles files, Apqn apqn) {
    this.files = files;
    this.apqn = apqn;
  }

  /** Returns the findings up to the first that ends the way. */
  static List<Finding> find(QueueFiles files, Apqn apqn) {
    BusRules rules = new BusRules(files, apqn);
    if (rules.busExists() && rules.hardwareExists() && rules.isNotReserved()) {
      rules.driver();
    }
    return rules.findings;
  }

  private boolean add(boolean holds, String good, String bad, String file, String value) {
    findings.add(new Finding(holds, holds ? good : bad, file, value));
    return holds;
  }

  private boolean busExists() {
    boolean exists = files.exists(QueueFiles.BUS);
    return add(
        exists,
        "the system has an AP bus",
        "the system has no AP bus: no AP instructions, or CPU feature ap=off",
        QueueFiles.BUS,
        exists ? "exists" : "missing");
  }

  private boolean hardwareExists() {
    String card = QueueFiles.card(apqn);
    boolean hasCard = files.exists(card);
    boolean goesOn =
        add(
            hasCard,
            "adapter " + apqn.adapter() + " is assigned to this system",
            "adapter " + apqn.adapter() + " is not assigned to this system, or there is none",
            card,
            hasCard ? files.read(card + "/type").orElse("exists") : "missing");
    return goesOn && hasDomain() && hasQueue();
  }

  private boolean hasDomain() {
    Optional<Boolean> bit = files.bit("ap_usage_domain_mask", apqn.domain().number());
    if (bit.isEmpty()) {
      return true;
    }
    return add(
        bit.get(),
        "domain " + apqn.domain() + " is a usage domain of this system",
        "domain " + apqn.domain() + " is no usage domain of this system",
        QueueFiles.BUS + "/ap_usage_domain_mask",
        "bit " + apqn.domain().number() + " is " + (bit.get() ? 1 : 0));
  }

  private boolean hasQueue() {
    String queue = QueueFiles.queue(apqn);
    if (!add(
        files.exists(queue),
        "the queue is there",
        "the hardware does not answer for this queue",
        queue,
        files.exists(queue) ? "exists" : "missing")) {
      return false;
    }
    warn(queue + "/config", "0", "the adapter is deconfigured: requests wait until it is not");
    warn(queue + "/chkstop", "1", "the queue is checkstopped: requests fail");
    return true;
  }

  /** Trouble that does not keep the queue from the guest. */
  private void warn(String file, String badValue, String text) {
    files
        .read(file)
        .filter(badValue::equals)
        .ifPresent(value -> findings.add(new Finding(true, "but " + text, file, value)));
  }

  /** A queue is the host's if both bits are set. */
  private boolean isNotReserved() {
    int adapter = apqn.adapter().number();
    int domain = apqn.domain().number();
    boolean adapterBit = files.bit("apmask", adapter).orElse(false);
    boolean domainBit = files.bit("aqmask", domain).orElse(false);
    String value =
        String.format(
            "bit %d is %d, aqmask: bit %d is %d",
            adapter, adapterBit ? 1 : 0, domain, domainBit ? 1 : 0);
    return add(
        !(adapterBit && domainBit),
        "the masks leave it to vfio_ap",
        String.format(
            "both masks reserve it for the host: echo -%d > /sys/bus/ap/apmask or echo -%d >"
                + " /sys/bus/ap/aqmask",
            adapter, domain),
        QueueFiles.BUS + "/apmask",
        value);
  }

  private void driver() {
    Optional<String> driver = files.driver(apqn);
    add(
        driver.filter("vfio_ap"::equals).isPresent(),
        "vfio_ap has it",
        "vfio_ap does not have it: modprobe vfio_ap",
        QueueFiles.queue(apqn) + "/driver",
        driver.orElse("none"));
  }
}
