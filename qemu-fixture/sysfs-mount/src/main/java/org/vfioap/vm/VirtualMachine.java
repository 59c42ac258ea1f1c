package org.vfioap.vm;

import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.vfioap.host.ApHost;
import org.vfioap.mdev.CpuFeature;
import org.vfioap.mdev.Guest;
import org.vfioap.mdev.OpenMdev;

/** A virtual machine that a process runs, and the Linux in it. */
public final class VirtualMachine {
  private final String name;
  private final String disk;
  private final Caller process;
  private final ApHost host;
  private final Guest guest;
  private final List<OpenMdev> mdevs = new CopyOnWriteArrayList<>();
  private final BlockingQueue<PowerEvent> events = new LinkedBlockingQueue<>();
  private volatile ApHost inside;

  /**
   * How a virtual machine is known.
   *
   * @param name what people call it
   * @param uuid its UUID, or empty if it has none
   */
  record Identity(String name, String uuid) {
    /** A guest that is renamed keeps its disk, another one of the same name has its own. */
    String disk() {
      return uuid.isEmpty() ? name : uuid;
    }
  }

  /**
   * What a process wants of its virtual machine.
   *
   * @param features CPU features, as far as the host has them
   * @param secure whether it runs under Secure Execution
   */
  record Wish(Set<CpuFeature> features, boolean secure) {
    private Guest guest(ApHost host, String name) {
      Guest guest = host.guest(name, features);
      return secure ? guest.underSecureExecution() : guest;
    }
  }

  VirtualMachine(Identity identity, Caller process, ApHost host, Wish wish) {
    name = identity.name();
    disk = identity.disk();
    this.process = process;
    this.host = host;
    guest = wish.guest(host, name);
    inside = host.inside(guest);
  }

  /** Returns the name that the process gave it. */
  public String name() {
    return name;
  }

  /** Returns what the files are called that outlive the process. */
  public String disk() {
    return disk;
  }

  /** Returns the number of the process, as the process that mounted the machine sees it. */
  public long pid() {
    return process.pid();
  }

  /** Returns the process that runs it. */
  Caller process() {
    return process;
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

  /**
   * Its Linux asks for {@code reboot} or {@code poweroff}; the process decides what comes of it.
   *
   * @throws org.vfioap.kernel.KernelRefusal EINVAL if it asks for something else
   */
  public void ask(String word) {
    events.add(PowerEvent.of(word));
  }

  /** Waits until its Linux asks for something. */
  PowerEvent awaitEvent() throws InterruptedException {
    return events.take();
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
