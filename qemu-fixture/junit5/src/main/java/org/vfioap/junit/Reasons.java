package org.vfioap.junit;

import java.util.List;
import java.util.Optional;
import org.vfioap.ap.Apqn;
import org.vfioap.host.ApHost;
import org.vfioap.host.MdevState;
import org.vfioap.translation.explain.Explanation;
import org.vfioap.translation.files.HostFiles;

/** Why a queue is or is not in a guest; needs the module translation. */
final class Reasons {
  private Reasons() {}

  /** Returns the verdict in a sentence. */
  static String verdict(ApHost host, String apqn) {
    return told(host, apqn, false);
  }

  /** Returns the verdict and all findings. */
  static String all(ApHost host, String apqn) {
    return told(host, apqn, true);
  }

  private static String told(ApHost host, String apqn, boolean all) {
    Apqn queue = Apqn.parse(apqn);
    try {
      return Translation.explain(host, queue, all);
    } catch (NoClassDefFoundError withoutTranslation) {
      String driver = HostState.driver(host, queue).orElse("no device");
      return queue
          + ": "
          + driver
          + " (org.vfioap:vfioap-translation on the class path tells the rule)";
    }
  }

  /** Loaded only where the module is. */
  private static final class Translation {
    static String explain(ApHost host, Apqn apqn, boolean all) {
      Explanation explained =
          Explanation.of(HostFiles.of(host), apqn, List.of(), uuid -> user(host, uuid));
      return all ? explained.toText() : explained.verdict();
    }

    private static Optional<String> user(ApHost host, String uuid) {
      return host.mdevs().stream()
          .filter(mdev -> mdev.uuid().equals(uuid))
          .findFirst()
          .flatMap(MdevState::guest)
          .map(name -> "guest " + name);
    }
  }
}
