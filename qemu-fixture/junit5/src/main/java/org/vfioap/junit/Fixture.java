package org.vfioap.junit;

import java.nio.file.Path;
import java.util.List;
import org.vfioap.host.ApHost;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.kernel.LogLine;
import org.vfioap.kernel.Uevent;
import org.vfioap.machine.Machine;

/** A machine and all that a test can do with it. Safe for use by several threads of the test. */
public interface Fixture {
  /** Returns the booted host. */
  ApHost host();

  /** Returns the description of the machine. */
  Machine machine();

  /** Returns the kernel that it runs. */
  KernelProfile kernel();

  /** Returns {@code /sys} of the machine, in this process. */
  Path sys();

  /** Reads a file, {@code /sys/bus/ap/apmask}; a refusal is a KernelRefusal. */
  String read(String path);

  /** Writes to a file with one system call; a refusal is a KernelRefusal. */
  void write(String path, String text);

  /**
   * Returns the guest of this name, started with {@code -cpu host} if there is none; also the guest
   * of a domain of LibvirtHost.
   */
  FixtureGuest guest(String name);

  /**
   * Starts a guest.
   *
   * @param mdevs UUIDs of mdevs that it has from its start
   * @param arguments more of QEMU's command line
   * @throws IllegalArgumentException if QEMU refuses the arguments, with QEMU's text
   */
  FixtureGuest startGuest(String name, String cpu, List<String> mdevs, String... arguments);

  /** Returns what can go wrong with the machine. */
  MachineFaults faults();

  /** Returns what can be waited for. */
  Awaits await();

  /** Returns the writes to files in this process since the test began. */
  WriteJournal writes();

  /** Returns the lines of the kernel log since the test began. */
  List<LogLine> log();

  /** Returns the uevents since the test began. */
  List<Uevent> uevents();

  /** Returns the clock of the machine; from then on it stands still unless the test advances it. */
  ManualClock clock();

  /** Returns masks, queues with their drivers, mdevs and guests as lines of text. */
  String state();

  /** Returns why a queue is or is not in a guest. */
  String explain(String apqn);

  /** Returns a further machine of the same description with another kernel. */
  Fixture with(KernelProfile kernel);
}
