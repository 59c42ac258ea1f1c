package org.vfioap.translation.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.vfioap.ap.Apqn;
import org.vfioap.translation.files.HostFiles;

/**
 * Why a queue is or is not in a guest, told from the files of a host.
 *
 * @param apqn the queue
 * @param verdict the answer in a sentence
 * @param inGuest whether a guest has it, or would have it when it starts
 * @param bus findings up to vfio_ap's pool
 * @param mdevs findings for each mdev that was asked for or has the queue assigned
 */
public record Explanation(
    Apqn apqn, String verdict, boolean inGuest, List<Finding> bus, List<Mdev> mdevs) {

  /**
   * Findings for an mdev.
   *
   * @param uuid its UUID
   * @param user who uses it, if that is known: a guest or a process, with that word
   * @param passed whether the queue is in its guest matrix
   * @param findings in order
   */
  public record Mdev(String uuid, Optional<String> user, boolean passed, List<Finding> findings) {
    /** Copies the list. */
    public Mdev {
      findings = List.copyOf(findings);
    }
  }

  /** Copies the lists. */
  public Explanation {
    bus = List.copyOf(bus);
    mdevs = List.copyOf(mdevs);
  }

  /**
   * Explains a queue.
   *
   * @param only UUIDs of mdevs to look at; empty for all that have the queue assigned
   * @param user tells who uses an mdev: a guest or a process, with that word
   */
  public static Explanation of(
      HostFiles host, Apqn apqn, List<String> only, Function<String, Optional<String>> user) {
    QueueFiles files = new QueueFiles(host);
    List<Finding> bus = BusRules.find(files, apqn);
    List<Mdev> mdevs = new ArrayList<>();
    for (String directory : files.mdevs()) {
      MdevRules rules = MdevRules.of(files, apqn, directory);
      boolean wanted = only.isEmpty() ? rules.isAssigned() : only.contains(rules.uuid());
      if (wanted) {
        mdevs.add(new Mdev(rules.uuid(), user.apply(rules.uuid()), rules.isPassed(), rules.find()));
      }
    }
    return conclude(apqn, bus, mdevs, only);
  }

  private static Explanation conclude(
      Apqn apqn, List<Finding> bus, List<Mdev> mdevs, List<String> only) {
    Optional<Mdev> passed = mdevs.stream().filter(Mdev::passed).findFirst();
    if (passed.isPresent()) {
      String uuid = passed.get().uuid();
      String verdict =
          passed
                  .get()
                  .user()
                  .map(name -> apqn + " is in " + name)
                  .orElse(apqn + " goes to the guest that uses mdev " + uuid)
              + ", through mdev "
              + uuid;
      return new Explanation(apqn, shortened(verdict, uuid), true, bus, mdevs);
    }
    return new Explanation(apqn, reason(apqn, bus, mdevs, only), false, bus, mdevs);
  }

  private static String shortened(String verdict, String uuid) {
    String twice = "uses mdev " + uuid + ", through mdev " + uuid;
    return verdict.replace(twice, "uses mdev " + uuid);
  }

  private static String reason(Apqn apqn, List<Finding> bus, List<Mdev> mdevs, List<String> only) {
    String none = apqn + " is in no guest: ";
    Optional<Finding> first = bus.stream().filter(finding -> !finding.holds()).findFirst();
    if (first.isPresent()) {
      return none + first.get().rule();
    }
    for (Mdev mdev : mdevs) {
      for (Finding finding : mdev.findings()) {
        if (!finding.holds()) {
          return none + "in mdev " + mdev.uuid() + " " + finding.rule();
        }
      }
    }
    return none
        + (only.isEmpty()
            ? "no mdev has both assigned"
            : "there is no mdev " + String.join(", ", only));
  }

  /** Returns the verdict and all findings, a line each. */
  public String toText() {
    StringBuilder text = new StringBuilder(256);
    text.append(verdict).append('\n').append("\nhost\n");
    bus.forEach(each -> text.append("  ").append(each).append('\n'));
    for (Mdev mdev : mdevs) {
      text.append("\nmdev ").append(mdev.uuid());
      mdev.user().ifPresent(name -> text.append("  used by ").append(name));
      text.append('\n');
      mdev.findings().forEach(each -> text.append("  ").append(each).append('\n'));
    }
    return text.toString();
  }
}
