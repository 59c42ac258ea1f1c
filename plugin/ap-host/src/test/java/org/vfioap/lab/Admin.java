package org.vfioap.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.vfioap.ap.ApHardware;
import org.vfioap.host.ApHost;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.kernel.LogLine;
import org.vfioap.kernel.Uevent;
import org.vfioap.kernel.Uevents;

/**
 * Someone at the shell of a host. Paths may leave out {@code /sys/}; what is echoed ends with a
 * newline, as in a shell.
 */
public final class Admin {
  /** UUIDs of the mdevs of guests 1 to 3; the first two are those of the document. */
  public static final String UUID1 = "62177883-f1bb-47f0-914d-32a22e3a8804";

  public static final String UUID2 = "cef03c3c-903d-4ecc-9a83-40694cb8aee4";
  public static final String UUID3 = "0c8c6a3e-2f6f-4d0e-9a53-6d1f5f0c8a11";

  /** The directory of mdevs. */
  public static final String MATRIX = "/sys/devices/vfio_ap/matrix/";

  /** The file that makes mdevs. */
  public static final String CREATE = MATRIX + "mdev_supported_types/vfio_ap-passthrough/create";

  private final ApHost host;

  private Admin(ApHost host) {
    this.host = host;
  }

  /** Logs in on a host. */
  public static Admin of(ApHost host) {
    return new Admin(host);
  }

  /** Boots the machine with the document's rules and logs in. */
  public static Admin boot(ApHardware hardware) {
    return boot(hardware, KernelProfile.DOCUMENTED);
  }

  /** Boots the machine with a kernel and logs in. */
  public static Admin boot(ApHardware hardware, KernelProfile profile) {
    return of(ApHost.builder().hardware(hardware).profile(profile).boot());
  }

  /** Boots the machine and leaves all its queues to vfio_ap. */
  public static Admin bootAllPassed(ApHardware hardware, KernelProfile profile) {
    return boot(hardware, profile).echo("0x0", "bus/ap/apmask").echo("0x0", "bus/ap/aqmask");
  }

  /** Boots the machine with the document's rules and leaves all its queues to vfio_ap. */
  public static Admin bootAllPassed(ApHardware hardware) {
    return bootAllPassed(hardware, KernelProfile.DOCUMENTED);
  }

  /** Returns the host. */
  public ApHost host() {
    return host;
  }

  private static String full(String path) {
    return path.startsWith("/sys") ? path : "/sys/" + path;
  }

  /** Writes the text and a newline. */
  public Admin echo(String text, String path) {
    host.sysfs().write(full(path), text + "\n");
    return this;
  }

  /** Reads a file. */
  public String cat(String path) {
    return host.sysfs().read(full(path));
  }

  /** Lists a directory. */
  public List<String> ls(String path) {
    return host.sysfs().list(full(path));
  }

  /** Changes the hardware, which the host notices as its scan policy says. */
  public Admin change(Consumer<ApHardware> change) {
    host.change(change);
    return this;
  }

  /** Creates an mdev. */
  public Mdev create(String uuid) {
    echo(uuid, CREATE);
    return new Mdev(host, uuid);
  }

  /** Returns what the host logs while the action runs, as {@code dmesg -t} prints it. */
  public List<String> logOf(Runnable action) {
    long before = host.log().position();
    action.run();
    return host.log().linesSince(before).stream().map(LogLine::text).toList();
  }

  /** Returns the heads of the uevents while the action runs, {@code add@/devices/ap/card05}. */
  public List<String> eventsOf(Runnable action) {
    return ueventsOf(action).stream().map(Uevent::toString).toList();
  }

  /** Returns the uevents while the action runs. */
  public List<Uevent> ueventsOf(Runnable action) {
    List<Uevent> seen = new ArrayList<>();
    Uevents.Subscription subscription = host.uevents().subscribe(seen::add);
    try {
      action.run();
    } finally {
      subscription.close();
    }
    return seen;
  }
}
