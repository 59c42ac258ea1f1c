package org.vfioap.cli.session;

import java.util.EnumSet;
import java.util.Set;
import org.vfioap.host.ApHost;
import org.vfioap.mdev.CpuFeature;
import org.vfioap.mdev.Guest;
import org.vfioap.mdev.OpenMdev;

/** A running guest with one mdev, and a shell in it. */
final class GuestSession implements AutoCloseable {
  private final OpenMdev mdev;
  private final ApHost inside;
  private final Shell shell;

  private GuestSession(OpenMdev mdev, ApHost inside, Shell shell) {
    this.mdev = mdev;
    this.inside = inside;
    this.shell = shell;
  }

  /**
   * Starts a guest as the document does, and prints the command line.
   *
   * @param uuid of the mdev that it is given
   * @param shown how the command line names that mdev
   */
  static GuestSession start(ApHost host, Screen screen, String name, String uuid, String shown) {
    screen.typed(
        "host# ",
        "/usr/bin/qemu-system-s390x -name "
            + name
            + " -cpu host,ap=on,apqci=on,apft=on,apqi=on -device"
            + " vfio-ap,sysfsdev=/sys/devices/vfio_ap/matrix/"
            + shown
            + " &");
    Set<CpuFeature> features = EnumSet.allOf(CpuFeature.class);
    Guest guest = host.guest(name, features);
    OpenMdev mdev = host.open(uuid, guest);
    ApHost inside = host.inside(guest);
    return new GuestSession(mdev, inside, new Shell(inside, name + "# ", screen));
  }

  /** Runs a command line in the guest, after the guest's AP bus has had time for a scan. */
  int run(String line) {
    inside.scan();
    return shell.run(line);
  }

  /** Shuts the guest down: QEMU ends and the mdev is closed. */
  @Override
  public void close() {
    mdev.close();
  }
}
