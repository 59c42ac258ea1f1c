package org.vfioap.uevent;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vfioap.host.ApHost;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.kernel.Uevent;
import org.vfioap.machine.Machine;

/**
 * Creates and removes an mdev while {@code udevadm monitor} listens, and prints what it hears; runs
 * in a network of its own. The argument is {@code --udev}, or {@code --kernel} for a place where a
 * udevd seems to run.
 */
final class MonitorSession {
  private static final String UUID = "62177883-f1bb-47f0-914d-32a22e3a8804";
  private static final String MATRIX = "/sys/devices/vfio_ap/matrix/";

  /** libudev listens to the kernel only where udev has left its mark, which containers lack. */
  private static final String MONITOR =
      "mount -t tmpfs none /run && mkdir /run/udev && : >/run/udev/control"
          + " && exec udevadm monitor \"$0\" --property";

  private MonitorSession() {}

  public static void main(String[] arguments) throws IOException {
    ApHost host = Machine.preset("document").withProfile(KernelProfile.LINUX_6_1).boot();
    Process monitor = new ProcessBuilder("sh", "-c", MONITOR, arguments[0]).start();
    try (BufferedReader heard = monitor.inputReader();
        ServerSocketChannel udevd = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      readBlock(heard);
      Path control = Path.of("control").toAbsolutePath();
      if (arguments[0].equals("--kernel")) {
        udevd.bind(UnixDomainSocketAddress.of(control));
      }
      announce(host, control);
      List<String> block = readBlock(heard);
      while (!block.contains("ACTION=change")) {
        block.forEach(System.out::println);
        System.out.println();
        block = readBlock(heard);
      }
    } finally {
      monitor.destroy();
    }
    for (Uevent event : host.uevents().recent()) {
      System.out.println("# " + event);
    }
  }

  private static void announce(ApHost host, Path control) {
    UeventBroadcast broadcast = UeventBroadcast.start(host, Path.of("/proc/self/ns/net"), control);
    try {
      host.sysfs().write(MATRIX + "mdev_supported_types/vfio_ap-passthrough/create", UUID);
      host.sysfs().write(MATRIX + UUID + "/remove", "1");
      host.sysfs().write("/sys/devices/ap/card05/uevent", "add");
      host.sysfs().write("/sys/devices/ap/card05/uevent", "change");
    } finally {
      broadcast.close();
    }
  }

  /** Returns the lines up to an empty one. */
  private static List<String> readBlock(BufferedReader lines) throws IOException {
    List<String> block = new ArrayList<>();
    String line = lines.readLine();
    while (line != null && !line.isEmpty()) {
      block.add(line);
      line = lines.readLine();
    }
    if (line == null) {
      throw new IOException("udevadm ended after " + block);
    }
    return block;
  }
}
