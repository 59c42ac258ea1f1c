package org.vfioap.junit;

import java.nio.file.Path;
import java.util.Set;
import org.vfioap.ap.Apqn;
import org.vfioap.host.ApHost;
import org.vfioap.mdev.CpuFeature;
import org.vfioap.qemu.client.QmpClient;

/** A guest that runs in an emulated QEMU in this process. It ends with the test. */
public interface FixtureGuest extends AutoCloseable {
  /** Returns its name. */
  String name();

  /** Returns the monitor's socket for the code under test; its path is short. */
  Path qmpSocket();

  /** Returns the test's own monitor, which the code under test cannot notice. */
  QmpClient qmp();

  /** Executes a line of the human monitor and returns what it prints. */
  String hmp(String line);

  /**
   * Plugs an mdev.
   *
   * @return the device's identifier, counted as libvirt does: {@code hostdev0}
   * @throws IllegalStateException if QEMU refuses, with its text
   */
  String plug(String mdev);

  /**
   * Returns the identifier of the device of an mdev that was plugged by {@link #plug} or {@link
   * Guest#mdev}.
   *
   * @throws IllegalArgumentException if it was not
   */
  String device(String mdev);

  /**
   * Unplugs an mdev that {@link #plug} or {@link Guest#mdev} plugged, and waits for DEVICE_DELETED.
   *
   * @throws IllegalStateException if QEMU refuses or the event does not come, with the reason
   */
  void unplug(String mdev);

  /** Returns the queues that it can address, sorted. */
  Set<Apqn> queues();

  /** Returns the CPU features of its command line that the host has. */
  Set<CpuFeature> features();

  /** Returns the guest's own Linux, booted when it is first asked for. */
  ApHost linux();

  /** Returns {@code /sys} of the guest's Linux, in this process. */
  Path sys();

  /** Returns what can go wrong with it. */
  GuestFaults faults();

  /** Returns what came over {@link #qmpSocket}. */
  QmpJournal journal();

  /** Returns why a queue is or is not in a guest. */
  String explain(Apqn apqn);

  /** Returns what can be waited for. */
  Awaits await();

  /** Returns when nothing is under way: commands done, delayed events sent. */
  void settle();

  /** Resets the guest, as {@code system_reset}. */
  void reset();

  /** Ends it; its mdevs are free then. */
  void stop();

  /** Ends it. */
  @Override
  default void close() {
    stop();
  }
}
