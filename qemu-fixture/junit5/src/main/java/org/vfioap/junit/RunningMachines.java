package org.vfioap.junit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;

/** The machines of a test that run in processes of their own. */
final class RunningMachines {
  private static final Namespace SPACE = Namespace.create(RunningMachines.class);

  private final ExtensionContext context;
  private final Map<String, Running> all = new LinkedHashMap<>();
  private final Map<String, Running> own = new LinkedHashMap<>();

  RunningMachines(ExtensionContext context) {
    this.context = context;
  }

  /** Returns the machine of a name, started or booted anew when it is first asked for. */
  synchronized Running get(String name, Fixtures.Wanted wanted) {
    Running known = all.get(name);
    if (known == null) {
      Where where = wanted.where();
      Surroundings.of(context).demandMachines(where.libvirtd());
      known = where.shared() ? shared(name, wanted) : start(wanted);
      all.put(name, known);
      if (!where.shared()) {
        own.put(name, known);
      }
    }
    return known;
  }

  private static Running start(Fixtures.Wanted wanted) {
    return Running.start(wanted.machine(), wanted.where().libvirtd());
  }

  /** The class keeps it, and its end ends it. */
  private Running shared(String name, Fixtures.Wanted wanted) {
    Store store = ofClass().getStore(SPACE);
    String key = name + " " + wanted.where() + " " + wanted.machine().toYaml();
    Running known = store.get(key, Running.class);
    if (known == null) {
      known = start(wanted);
      store.put(key, known);
    } else {
      known.reboot();
    }
    return known;
  }

  private ExtensionContext ofClass() {
    ExtensionContext here = context;
    Optional<ExtensionContext> around = here.getParent();
    while (here.getTestMethod().isPresent() && around.isPresent()) {
      here = around.get();
      around = here.getParent();
    }
    return here;
  }

  /** Returns those of this test, whether it shares them or not. */
  synchronized Map<String, Running> all() {
    return Map.copyOf(all);
  }

  /** Ends those that are this test's alone. */
  synchronized void close() {
    // Only then is the module there that has them.
    if (!all.isEmpty()) {
      own.values().forEach(Running::close);
      own.clear();
      all.clear();
    }
  }
}
