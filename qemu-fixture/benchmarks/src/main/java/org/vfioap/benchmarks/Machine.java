package org.vfioap.benchmarks;

import org.vfioap.ap.ApHardware;
import org.vfioap.ap.ApMask;
import org.vfioap.host.ApHost;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.sysfs.SysfsTree;

/** A host with as many domains as adapters, all of them in use, and its /sys. */
final class Machine {
  static final String APMASK = "/sys/bus/ap/apmask";
  static final String AQMASK = "/sys/bus/ap/aqmask";

  /** Adapters below this number belong to what is measured, the others to bystanders. */
  static final int MEASURED_ADAPTERS = 16;

  private static final int BYSTANDER_ADAPTERS = 125;
  private static final String MATRIX = "/sys/devices/vfio_ap/matrix/";
  private static final String CREATE = MATRIX + "mdev_supported_types/vfio_ap-passthrough/create";

  private final ApHost host;
  private int mdevs;

  private Machine(ApHost host) {
    this.host = host;
  }

  /** Boots a host whose queues all belong to the host's own drivers. */
  static Machine boot(int side, KernelProfile profile) {
    ApMask all = ApMask.range(0, side - 1);
    ApHardware hardware = ApHardware.create().adapters(all).domains(all).controlDomains(all);
    return new Machine(ApHost.builder().hardware(hardware).profile(profile).boot());
  }

  /** Boots a host and leaves all queues to vfio_ap. */
  static Machine passingAll(int side, KernelProfile profile) {
    Machine machine = boot(side, profile);
    machine.sysfs().write(APMASK, "0x0\n");
    machine.sysfs().write(AQMASK, "0x0\n");
    return machine;
  }

  ApHost host() {
    return host;
  }

  SysfsTree sysfs() {
    return host.sysfs();
  }

  /** Creates an mdev and returns its directory. */
  Mdev createMdev() {
    String uuid = String.format("62177883-f1bb-47f0-914d-%012x", ++mdevs);
    sysfs().write(CREATE, uuid + "\n");
    return new Mdev(this, uuid);
  }

  /**
   * Creates mdevs that are in the way of nothing: each has one APQN, which the host may or may not
   * have, and none has an adapter below {@link #MEASURED_ADAPTERS}.
   */
  Machine withBystanders(int count) {
    for (int i = 0; i < count; i++) {
      createMdev()
          .assignAdapter(MEASURED_ADAPTERS + i % BYSTANDER_ADAPTERS)
          .assignDomain(i / BYSTANDER_ADAPTERS);
    }
    return this;
  }

  /** An mdev, changed by writing to its files. */
  record Mdev(Machine machine, String uuid) {
    String file(String name) {
      return MATRIX + uuid + "/" + name;
    }

    Mdev assignAdapter(int adapter) {
      machine.sysfs().write(file("assign_adapter"), adapter + "\n");
      return this;
    }

    Mdev assignDomain(int domain) {
      machine.sysfs().write(file("assign_domain"), domain + "\n");
      return this;
    }

    Mdev assign(int adapters, int domains) {
      for (int adapter = 0; adapter < adapters; adapter++) {
        assignAdapter(adapter);
      }
      for (int domain = 0; domain < domains; domain++) {
        assignDomain(domain);
      }
      return this;
    }

    /** Starts a guest that uses it from now on. */
    void openForGuest() {
      machine.host().open(uuid, machine.host().guest("guest"));
    }
  }
}
