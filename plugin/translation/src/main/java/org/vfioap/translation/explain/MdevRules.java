package org.vfioap.translation.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.vfioap.ap.Apqn;

/**
 * The rules between vfio_ap's pool and a guest. Source: the document, "Hot plug and unplug" and
 * "Over-provisioning"; vfio_ap_mdev_filter_matrix of drivers/s390/crypto/vfio_ap_ops.c, Linux 6.1.
 */
final class MdevRules {
  private final QueueFiles files;
  private final Apqn apqn;
  private final String directory;
  private final Set<String> adapters = new TreeSet<>();
  private final Set<String> domains = new TreeSet<>();

  private MdevRules(QueueFiles files, Apqn apqn, String directory) {
    this.files = files;
    this.apqn = apqn;
    this.directory = directory;
    for (String line : lines("matrix")) {
      int dot = line.indexOf('.');
      adapters.add(line.substring(0, dot));
      domains.add(line.substring(dot + 1));
    }
    adapters.remove("");
    domains.remove("");
  }

  static MdevRules of(QueueFiles files, Apqn apqn, String directory) {
    return new MdevRules(files, apqn, directory);
  }

  String uuid() {
    return directory.substring(directory.lastIndexOf('/') + 1);
  }

  private List<String> lines(String file) {
    return files.read(directory + "/" + file).stream()
        .flatMap(String::lines)
        .filter(line -> line.contains("."))
        .toList();
  }

  /** Tells whether adapter and domain are both assigned. */
  boolean isAssigned() {
    return adapters.contains(apqn.adapter().toString())
        && domains.contains(apqn.domain().toString());
  }

  /** Tells whether a guest with this mdev has the queue. */
  boolean isPassed() {
    return lines("guest_matrix").contains(apqn.toString());
  }

  List<Finding> find() {
    List<Finding> findings = new ArrayList<>();
    findings.add(assigned("adapter", apqn.adapter().toString(), adapters));
    findings.add(assigned("domain", apqn.domain().toString(), domains));
    if (isAssigned()) {
      findings.add(passed());
    }
    return findings;
  }

  private Finding assigned(String what, String number, Set<String> all) {
    boolean holds = all.contains(number);
    String advice = "echo 0x" + number + " > " + directory + "/assign_" + what;
    return new Finding(
        holds,
        what + " " + number + (holds ? " is assigned" : " is not assigned: " + advice),
        directory + "/matrix",
        all.isEmpty() ? "no " + what + "s" : what + "s " + String.join(" ", all));
  }

  private Finding passed() {
    String file = directory + "/guest_matrix";
    if (isPassed()) {
      return new Finding(true, "a guest with this mdev has the queue", file, apqn.toString());
    }
    return new Finding(false, whyFiltered(), file, "without " + apqn);
  }

  private String whyFiltered() {
    if (!files.exists(QueueFiles.card(apqn))) {
      return "the adapter is filtered, because the host does not have it";
    }
    if (!isUsageDomain(apqn.domain().number())) {
      return "the domain is filtered, because it is no usage domain of the host";
    }
    return "the adapter is filtered as a whole, because vfio_ap does not have all of its queues in"
        + " the assigned domains; it lacks "
        + String.join(", ", unbound());
  }

  private boolean isUsageDomain(int number) {
    return files.bit("ap_usage_domain_mask", number).orElse(true);
  }

  /** Returns the queues of the adapter in the assigned domains that vfio_ap does not have. */
  private List<String> unbound() {
    List<String> unbound = new ArrayList<>();
    for (String domain : domains) {
      Apqn each = Apqn.parse(apqn.adapter() + "." + domain);
      Optional<String> driver = files.driver(each);
      boolean counts = isUsageDomain(each.domain().number());
      if (counts && !driver.equals(Optional.of("vfio_ap"))) {
        unbound.add(
            each
                + (files.exists(QueueFiles.queue(each))
                    ? " (" + driver.orElse("no driver") + ")"
                    : " (no such queue)"));
      }
    }
    return unbound;
  }
}
