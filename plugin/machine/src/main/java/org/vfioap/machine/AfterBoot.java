package org.vfioap.machine;

import org.vfioap.host.ApHost;
import org.vfioap.kernel.KernelRefusal;

/** What people and programs do with a host after it has booted: writes, then mdevs, then guests. */
final class AfterBoot {
  private final ApHost host;

  private AfterBoot(ApHost host) {
    this.host = host;
  }

  static void restore(ApHost host, MachineDescription machine, Positions positions) {
    AfterBoot after = new AfterBoot(host);
    for (int i = 0; i < machine.writes().size(); i++) {
      after.write(machine.writes().get(i), positions.writes().get(i));
    }
    for (int i = 0; i < machine.mdevs().size(); i++) {
      MdevCreation.create(host, machine.mdevs().get(i), positions.mdevs().get(i));
    }
    for (int i = 0; i < machine.guests().size(); i++) {
      after.start(machine.guests().get(i), positions.guests().get(i));
    }
  }

  private void write(BootWrite write, Position where) {
    try {
      host.sysfs().write(write.path(), write.text() + "\n");
    } catch (KernelRefusal refusal) {
      throw where.error(
          "'echo " + write.text() + " > " + write.path() + "' got " + refusal.getMessage(),
          "writes that this kernel does not refuse");
    }
  }

  /** The guest holds the mdev for as long as this Linux runs. */
  private void start(GuestDescription guest, Position where) {
    try {
      host.open(guest.mdev(), host.guest(guest.name()));
    } catch (KernelRefusal refusal) {
      throw where.error(
          "guest " + guest.name() + " got " + refusal.getMessage(), "an mdev that can be used");
    }
  }
}
