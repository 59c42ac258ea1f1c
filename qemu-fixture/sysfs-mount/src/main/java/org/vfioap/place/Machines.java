package org.vfioap.place;

import java.util.List;
import java.util.Optional;
import org.vfioap.machine.Machine;

/**
 * Machines that run in processes of their own, with real programs in them: what {@code vfioap run},
 * {@code list}, {@code exec} and {@code stop} do.
 *
 * <pre>{@code
 * try (RunningMachine machine = Machines.start(Machine.preset("z16"))) {
 *   System.out.print(machine.exec("cat", "/sys/bus/ap/apmask").output());
 * }
 * }</pre>
 *
 * <p>They need Linux, user namespaces or root, FUSE, and util-linux; {@code vfioap doctor} says
 * what is missing.
 */
public final class Machines {
  private Machines() {}

  /** Starts a machine with the usual options; see {@link #start(Machine, MachineOptions)}. */
  public static RunningMachine start(Machine machine) throws InterruptedException {
    return start(machine, MachineOptions.usual());
  }

  /**
   * Starts a machine and returns when programs can run in it. It ends with this program, however
   * that ends, unless it is to outlive it.
   *
   * @throws Refused if it does not start; the message says why and what to do
   */
  public static RunningMachine start(Machine machine, MachineOptions options)
      throws InterruptedException {
    return MachineStart.of(machine, options);
  }

  /** Returns the machines of this user, whoever started them, sorted by name. */
  public static List<RunningMachine> running() {
    return RunningMachine.all();
  }

  /** Returns this user's machine of a name. */
  public static Optional<RunningMachine> find(String name) {
    return RunningMachine.find(name);
  }
}
