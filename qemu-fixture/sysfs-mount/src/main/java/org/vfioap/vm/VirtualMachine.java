package org.vfioap.vm;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.vfioap.host.ApHost;
import org.vfioap.mdev.CpuFeature;
import org.vfioap.mdev.Guest;
import org.vfioap.mdev.OpenMdev;

/** A virtual machine that a process runs, and the Linux in it. */
public final class VirtualMachine {
  private final String name;
  private final long pid;
  private final ApHost host;
  private final Guest guest;
  private final List<OpenMdev> mdevs = new CopyOnWriteArrayList<>();
  private volatile ApHost inside;

  VirtualMachine(String name, long pid, ApHost host, Set<CpuFeature> wanted) {
    this.name = name;
    this.pid = pid;
    this.host = host;
    guest = host.guest(name, wanted);
    inside = host.inside(guest);
  }

  /** Returns the name that the process gave it. */
  public String name() {
    return name;
  }

  /** Returns the number of the process, as the process that mounted the machine sees it. */
  public long pid() {
    return pid;
  }

  /** Returns the CPU features that the process asked for and the host has. */
  public Set<CpuFeature> features() {
    return guest.features();
  }

  /** Returns the guest of vfio_ap, whose APCB the mdevs fill. */
  public Guest guest() {
    return guest;
  }

  /** Returns the UUIDs of the mdevs that are plugged, in the order of their arrival. */
  public List<String> mdevs() {
    return mdevs.stream().map(OpenMdev::uuid).toList();
  }

  /** Returns the Linux that runs in it since its last boot. */
  public ApHost inside() {
    return inside;
  }

  /** Boots Linux anew. */
  void reset() {
    inside = host.inside(guest);
  }

  OpenMdev open(String uuid) {
    OpenMdev mdev = host.open(uuid, guest);
    mdevs.add(mdev);
    return mdev;
  }

  void close(OpenMdev mdev) {
    mdev.close();
    mdevs.remove(mdev);
  }

  /** Returns the name. */
  @Override
  public String toString() {
    return name;
  }
}
