package org.vfioap.place;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.vfioap.fuse.MountException;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.machine.Machine;
import org.vfioap.machine.MachineFileException;

/**
 * The daemon that is a machine's kernel: answers what programs in the machine's namespaces read and
 * write, and what the machine is told to do.
 *
 * <p>{@code init.sh} starts it with the machine's preset or file, a path to the open file if it is
 * one, and the folder of the machine. It prints a line when the files are mounted, and ends with
 * status 2 if the machine cannot be used, 1 if it cannot be mounted.
 */
public final class PlaceDaemon {
  private static final int CANNOT_BE_MOUNTED = 1;
  private static final int CANNOT_BE_USED = 2;

  private PlaceDaemon() {}

  /** Runs a machine that can be told what every machine can. */
  public static void main(String[] arguments) throws InterruptedException {
    System.exit(run(arguments, Map.of()));
  }

  /**
   * Runs until the process is killed.
   *
   * @param arguments machine, path to its open file or empty, folder
   * @param more what the machine can be told besides {@code hw}, {@code dmesg}, {@code events} and
   *     {@code reboot}
   * @return the exit status, if it cannot run
   */
  public static int run(String[] arguments, Map<String, Verb> more) throws InterruptedException {
    Path folder = Path.of(arguments[2]);
    try {
      Machine machine = profiled(find(arguments[0], arguments[1]));
      MachineFiles.write(machine, folder);
      Place place = Place.open(machine, folder);
      Loopback.up();
      ControlSocket.serve(folder.resolve("control"), place, Verbs.with(more));
    } catch (MachineFileException e) {
      System.err.println("vfioap: " + e.getMessage());
      return CANNOT_BE_USED;
    } catch (MountException | IOException e) {
      System.err.println("vfioap: " + e.getMessage());
      return CANNOT_BE_MOUNTED;
    }
    System.out.println("mounted");
    Thread.currentThread().join();
    return 0;
  }

  /** Gives the machine the kernel that its starter wants, {@code VFIOAP_PROFILE}, if any. */
  private static Machine profiled(Machine machine) {
    return Optional.ofNullable(System.getenv("VFIOAP_PROFILE"))
        .flatMap(KernelProfile::find)
        .map(machine::withProfile)
        .orElse(machine);
  }

  /** A file may lie where the machine's own folders are mounted, so it was opened before. */
  private static Machine find(String presetOrFile, String opened) {
    return opened.isEmpty() || Machine.presets().contains(presetOrFile)
        ? Machine.find(presetOrFile)
        : Machine.load(Path.of(opened), presetOrFile);
  }
}
