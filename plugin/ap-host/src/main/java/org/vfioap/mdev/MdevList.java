package org.vfioap.mdev;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.vfioap.ap.ApMask;
import org.vfioap.ap.ApqnSet;
import org.vfioap.kernel.ConflictScope;
import org.vfioap.kernel.ConflictText;
import org.vfioap.kernel.Kernel;
import org.vfioap.kernel.KernelRules;

/**
 * All mdevs, and which APQNs belong to one of them.
 *
 * <p>The set of taken APQNs answers most questions without a look at the mdevs, however many there
 * are.
 */
final class MdevList {
  private final Kernel kernel;
  private final Map<String, MatrixMdev> mdevs = new LinkedHashMap<>();
  private final Map<String, MatrixMdev> byName = new ConcurrentHashMap<>();
  private final Map<Integer, MatrixMdev> byGroup = new ConcurrentHashMap<>();
  private final Map<Integer, MatrixMdev> byMinor = new ConcurrentHashMap<>();
  private final ApqnSet taken = ApqnSet.create();

  MdevList(Kernel kernel) {
    this.kernel = kernel;
  }

  /** Finds an mdev; needs no lock. */
  @Nullable MatrixMdev get(String uuid) {
    return byName.get(uuid);
  }

  /** Finds the mdev of an IOMMU group; needs no lock. */
  @Nullable MatrixMdev ofGroup(int group) {
    return byGroup.get(group);
  }

  /** Finds the mdev of a minor number; needs no lock. */
  @Nullable MatrixMdev ofMinor(int minor) {
    return byMinor.get(minor);
  }

  Collection<MatrixMdev> all() {
    return mdevs.values();
  }

  void add(MatrixMdev mdev) {
    mdevs.put(mdev.uuid(), mdev);
    byName.put(mdev.uuid(), mdev);
    byGroup.put(mdev.group(), mdev);
    byMinor.put(mdev.minor(), mdev);
  }

  void remove(MatrixMdev mdev) {
    release(mdev.assigned().adapters(), mdev.assigned().domains());
    mdevs.remove(mdev.uuid());
    byName.remove(mdev.uuid());
    byGroup.remove(mdev.group());
    byMinor.remove(mdev.minor());
  }

  boolean isTaken(ApMask adapters, ApMask domains) {
    return taken.hasAny(adapters, domains);
  }

  void take(ApMask adapters, ApMask domains) {
    for (int a = adapters.next(0); a >= 0; a = adapters.next(a + 1)) {
      taken.addAll(a, domains);
    }
  }

  void release(ApMask adapters, ApMask domains) {
    for (int a = adapters.next(0); a >= 0; a = adapters.next(a + 1)) {
      taken.removeAll(a, domains);
    }
  }

  /** Returns the mdev that an APQN is assigned to. */
  @Nullable MatrixMdev owner(int adapter, int domain) {
    if (!taken.has(adapter, domain)) {
      return null;
    }
    for (MatrixMdev mdev : mdevs.values()) {
      if (mdev.assigned().has(adapter, domain)) {
        return mdev;
      }
    }
    return null;
  }

  /**
   * Logs which APQNs of the product are taken, and by whom: mdev by mdev, the newest first,
   * adapters and domains ascending.
   */
  void logConflicts(ApMask adapters, ApMask domains, ConflictText text, String wantedBy) {
    List<MatrixMdev> newestFirst = new java.util.ArrayList<>(mdevs.values());
    java.util.Collections.reverse(newestFirst);
    for (MatrixMdev mdev : newestFirst) {
      ApMask sharedAdapters = mdev.assigned().adapters().and(adapters);
      ApMask sharedDomains = mdev.assigned().domains().and(domains);
      boolean conflict = !sharedAdapters.isEmpty() && !sharedDomains.isEmpty();
      if (conflict) {
        forEachApqn(
            sharedAdapters,
            sharedDomains,
            apqn -> text.log(kernel.log(), apqn, mdev.uuid(), wantedBy));
      }
      if (conflict
          && kernel.profile().get(KernelRules.CONFLICT_SCOPE) == ConflictScope.NEWEST_MDEV) {
        return;
      }
    }
  }

  private static void forEachApqn(ApMask adapters, ApMask domains, Consumer<String> action) {
    adapters.stream()
        .forEach(
            adapter ->
                domains.stream()
                    .forEach(d -> action.accept(org.vfioap.ap.Apqn.of(adapter, d).toString())));
  }
}
