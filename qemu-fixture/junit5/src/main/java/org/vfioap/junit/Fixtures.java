package org.vfioap.junit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.machine.Machine;

/** The machines of one test, or of what comes before and after all tests of a class. */
@SuppressWarnings("deprecation") // Until JUnit 5.12 stores closed only CloseableResources.
final class Fixtures implements ExtensionContext.Store.CloseableResource, AutoCloseable {
  private static final Namespace SPACE = Namespace.create(Fixtures.class);

  private final Map<String, Wanted> wanted = new LinkedHashMap<>();
  private final Map<String, HostFixture> booted = new LinkedHashMap<>();
  private final ExtensionContext context;
  private final RunningMachines running;
  private @Nullable ReentrantLock held;

  /**
   * A machine that may be asked for.
   *
   * @param machine its description
   * @param where where it is, and what runs in it
   * @param leaks what becomes of what a test leaves
   * @param strict whether unused faults fail
   * @param setUp is done once it has booted
   */
  record Wanted(
      Machine machine, Where where, VfioAp.Leaks leaks, boolean strict, Consumer<Fixture> setUp) {}

  private Fixtures(ExtensionContext context) {
    this.context = context;
    running = new RunningMachines(context);
  }

  /** Returns those of a test or class; they are read when this is asked first. */
  static Fixtures of(ExtensionContext context) {
    return context
        .getStore(SPACE)
        .getOrComputeIfAbsent(context.getUniqueId(), key -> read(context), Fixtures.class);
  }

  /** Returns that of a registered extension. */
  static Fixtures of(
      ExtensionContext context, Object extension, VfioApExtension.Registered registered) {
    ExtensionContext.Store store = context.getStore(SPACE);
    store.put("registered " + registered.name(), true);
    return store.getOrComputeIfAbsent(
        key(context, extension), key -> ofRegistered(context, registered), Fixtures.class);
  }

  /** Tells whether a registered extension has a machine of this name. */
  static boolean isRegistered(ExtensionContext context, String name) {
    return context.getStore(SPACE).get("registered " + name) != null;
  }

  private static Fixtures ofRegistered(
      ExtensionContext context, VfioApExtension.Registered registered) {
    Fixtures fixtures = new Fixtures(context);
    fixtures.add(registered.name(), registered.wanted());
    return fixtures;
  }

  private static String key(ExtensionContext context, Object extension) {
    String registered = extension.equals("") ? "" : " of " + System.identityHashCode(extension);
    return context.getUniqueId() + registered;
  }

  /** Returns those of a test, if they were asked for; the extension is empty for annotations. */
  static Optional<Fixtures> existing(ExtensionContext context, Object extension) {
    String key = key(context, extension);
    return Optional.ofNullable(context.getStore(SPACE).get(key, Fixtures.class));
  }

  private static Fixtures read(ExtensionContext context) {
    Fixtures fixtures = new Fixtures(context);
    boolean libvirtd = Where.hasLibvirtd(context);
    Class<?> test = context.getRequiredTestClass();
    KernelProfile kernel = KernelProfiles.of(context).orElse(null);
    for (VfioAp each : Where.annotations(context)) {
      Machine machine = MachineSource.read(each, test);
      boolean shared = each.lifecycle() == VfioAp.Lifecycle.PER_CLASS;
      fixtures.add(
          each.name(),
          new Wanted(
              kernel == null ? machine : machine.withProfile(kernel),
              Where.of(each, libvirtd),
              each.leaks() == VfioAp.Leaks.AUTO && shared ? VfioAp.Leaks.FAIL : each.leaks(),
              each.strictFaults(),
              fixture -> {}));
      if (shared) {
        fixtures.lockOf(context);
      }
    }
    fixtures.checkLibvirtd(libvirtd);
    return fixtures;
  }

  private void checkLibvirtd(boolean libvirtd) {
    if (libvirtd && wanted.values().stream().noneMatch(each -> each.where().isRunning())) {
      throw new ExtensionConfigurationException(
          "@Libvirtd runs in a machine of its own: add place = RUNNING to @VfioAp, or ask for a"
              + " LibvirtHost, which is in the process");
    }
  }

  /** Tests that share a machine run one after another. */
  private void lockOf(ExtensionContext context) {
    if (context.getTestMethod().isPresent() && held == null) {
      ExtensionContext root = context.getRoot();
      String name = "lock of " + context.getRequiredTestClass().getName();
      ReentrantLock lock =
          root.getStore(SPACE)
              .getOrComputeIfAbsent(name, key -> new ReentrantLock(), ReentrantLock.class);
      lock.lock();
      held = lock;
    }
  }

  void add(String name, Wanted machine) {
    if (wanted.put(name, machine) != null) {
      throw new ExtensionConfigurationException(
          "two machines are called '" + name + "'; give each @VfioAp a name of its own");
    }
  }

  /** Returns the machine of a name, booted. */
  synchronized HostFixture get(String name) {
    String chosen = only(name);
    HostFixture known = booted.get(chosen);
    if (known == null) {
      Wanted description = wanted(chosen);
      known = new HostFixture(description.machine(), description.where(), surroundings());
      booted.put(chosen, known);
      description.setUp().accept(known);
    }
    return known;
  }

  /** The only machine is meant, too, by whoever names none. */
  private String only(String name) {
    boolean isOther = name.isEmpty() && wanted.size() == 1;
    return isOther ? wanted.keySet().iterator().next() : name;
  }

  /** Tells whether the machine of a name runs in processes of its own. */
  boolean isRunning(String name) {
    return wanted(only(name)).where().isRunning();
  }

  /** Returns the machine of a name that runs in processes of its own. */
  Running running(String name) {
    String chosen = only(name);
    return running.get(chosen, wanted(chosen));
  }

  Map<String, Running> running() {
    return running.all();
  }

  /** Ends the test here, where that still aborts it, if a machine cannot be where it is to be. */
  void demandPlaces() {
    for (Wanted each : wanted.values()) {
      switch (each.where().place()) {
        case IN_PROCESS -> {}
        case MOUNTED -> surroundings().demandMounts();
        case RUNNING -> surroundings().demandMachines(each.where().libvirtd());
      }
    }
  }

  Surroundings surroundings() {
    return Surroundings.of(context);
  }

  private ParameterResolutionException unknown(String name) {
    String which = name.isEmpty() ? "which machine?" : "there is no machine '" + name + "';";
    List<String> names =
        wanted.keySet().stream().map(each -> each.isEmpty() ? "one without a name" : each).toList();
    return new ParameterResolutionException(
        which + " machines of this test: " + String.join(", ", names) + "; @On(\"NAME\") chooses");
  }

  synchronized Map<String, HostFixture> booted() {
    return new LinkedHashMap<>(booted);
  }

  Wanted wanted(String name) {
    Wanted chosen = wanted.get(name);
    if (chosen == null) {
      throw unknown(name);
    }
    return chosen;
  }

  /** Tells whether there is a machine of a name. */
  boolean has(String name) {
    return wanted.containsKey(name) || (name.isEmpty() && wanted.size() == 1);
  }

  boolean isEmpty() {
    return wanted.isEmpty();
  }

  /** Ends all machines, the newest first. */
  @Override
  public synchronized void close() {
    List<HostFixture> all = new ArrayList<>(booted.values());
    booted.clear();
    RuntimeException first = null;
    for (int i = all.size() - 1; i >= 0; i--) {
      first = closed(all.get(i)::close, first);
    }
    first = closed(running::close, first);
    unlock();
    if (first != null) {
      throw first;
    }
  }

  private static @Nullable RuntimeException closed(
      Runnable end, @Nullable RuntimeException before) {
    try {
      end.run();
    } catch (RuntimeException failed) {
      if (before == null) {
        return failed;
      }
      before.addSuppressed(failed);
    }
    return before;
  }

  private void unlock() {
    ReentrantLock lock = held;
    if (lock != null && lock.isHeldByCurrentThread()) {
      held = null;
      lock.unlock();
    }
  }
}
