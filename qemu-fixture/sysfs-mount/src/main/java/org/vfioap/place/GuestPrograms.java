package org.vfioap.place;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.vfioap.host.ApHost;
import org.vfioap.uevent.UeventBroadcast;
import org.vfioap.vm.FirstProcess.Companion;
import org.vfioap.vm.VirtualMachine;

/**
 * The programs of guests: they hear of the guest's uevents, and run when it boots.
 *
 * <p>A guest boots when its QEMU starts or resets it if its /etc holds anything that a boot
 * applies. Otherwise it has no process until somebody enters it, which is cheaper and looks the
 * same.
 */
final class GuestPrograms implements Companion {
  private static final long FIRST_OF_MACHINE = 1;

  /** What boot.sh looks into. */
  private static final String[] APPLIED = {"etc/udev/rules.d", "etc/mdevctl.d/matrix"};

  private final Path folder;

  /**
   * Makes it for the guests of a machine.
   *
   * @param folder where the machine, and each guest as its programs see it, has its own things
   */
  GuestPrograms(Path folder) {
    this.folder = folder;
  }

  /** Sends the events of a guest to the programs that run in it. */
  @Override
  public Runnable begin(ApHost guest, long pid) {
    Path network = Path.of("/proc/" + pid + "/ns/net");
    return UeventBroadcast.start(guest, network)::close;
  }

  /** Boots in a thread of its own: QEMU does not wait for its guest. */
  @Override
  public void booted(long outside, VirtualMachine guest) {
    long first = outside == 0 ? FIRST_OF_MACHINE : outside;
    Thread thread = new Thread(() -> boot(first, guest), "boot of " + guest.name());
    thread.setDaemon(true);
    thread.start();
  }

  private void boot(long outside, VirtualMachine guest) {
    Path disk = Path.of("/proc/" + outside + "/root" + folder, "guests", guest.disk(), "host");
    if (Stream.of(APPLIED).anyMatch(applied -> hasFiles(disk.resolve(applied)))) {
      run(outside, guest.name());
    }
  }

  private static boolean hasFiles(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.findAny().isPresent();
    } catch (IOException | UncheckedIOException noDisk) {
      return false;
    }
  }

  private void run(long outside, String name) {
    String script = folder.resolve("guest.sh").toString();
    String process = Long.toString(outside);
    try {
      new ProcessBuilder(
              "nsenter", "-t", process, "-m", "-n", "-p", "-i", "-u", "-r", "-w", "--", "sh",
              script, name)
          .redirectInput(new File("/dev/null"))
          .redirectErrorStream(true)
          .redirectOutput(Redirect.appendTo(folder.resolve("log").toFile()))
          .start();
    } catch (IOException e) {
      System.err.println("vfioap: the guest " + name + " cannot boot: " + e.getMessage());
    }
  }
}
