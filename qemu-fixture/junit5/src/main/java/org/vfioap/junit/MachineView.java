package org.vfioap.junit;

import java.util.Optional;
import java.util.Set;
import org.vfioap.ap.ApMask;
import org.vfioap.ap.ApMatrix;
import org.vfioap.ap.Apqn;
import org.vfioap.host.ApHost;
import org.vfioap.host.BootParameters;

/** What assertions of one's own can ask of a machine. */
public final class MachineView {
  private MachineView() {}

  /** Returns the driver of a queue, an empty text if it has none; empty if there is no queue. */
  public static Optional<String> driver(ApHost host, Apqn apqn) {
    return HostState.driver(host, apqn);
  }

  /** Returns the queues of a matrix, sorted. */
  public static Set<Apqn> queues(ApMatrix matrix) {
    return HostState.queues(matrix);
  }

  /**
   * Returns why a queue is or is not in a guest; needs org.vfioap:vfioap-translation for the rule.
   */
  public static String explain(ApHost host, Apqn apqn) {
    return Reasons.verdict(host, apqn.toString());
  }

  /** Returns masks, queues, mdevs and guests as text, mdevs numbered instead of named. */
  public static String golden(ApHost host) {
    return HostState.golden(host);
  }

  /** Reads a mask as the kernel's command line has it: {@code +0-255,-5} or {@code 0xff…}. */
  public static ApMask mask(String text) {
    ApHost fresh = ApHost.builder().bootParameters(BootParameters.of(text, text)).boot();
    return fresh.masks().get(0);
  }
}
