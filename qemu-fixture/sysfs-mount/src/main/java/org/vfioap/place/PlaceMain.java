package org.vfioap.place;

import java.nio.file.Path;
import org.vfioap.fuse.MountException;
import org.vfioap.machine.Machine;
import org.vfioap.machine.MachineFileException;
import org.vfioap.mount.MachineMount;

/**
 * The daemon that is a machine's kernel: answers what programs in the machine's namespaces read and
 * write.
 *
 * <p>{@code init.sh} starts it with the machine's preset or file, a path to the open file if it is
 * one, and the folder of the machine. It prints a line when the files are mounted, and ends with
 * status 2 if the machine cannot be used, 1 if it cannot be mounted.
 */
public final class PlaceMain {
  private PlaceMain() {}

  /** Runs until it is killed. */
  public static void main(String[] arguments) throws InterruptedException {
    System.exit(run(arguments[0], arguments[1], Path.of(arguments[2])));
  }

  /** A file may lie where the machine's own folders are mounted, so it was opened before. */
  private static Machine find(String presetOrFile, String opened) {
    return opened.isEmpty() || Machine.presets().contains(presetOrFile)
        ? Machine.find(presetOrFile)
        : Machine.load(Path.of(opened), presetOrFile);
  }

  private static int run(String machine, String opened, Path folder) throws InterruptedException {
    try {
      MachineMount.mount(find(machine, opened).boot(), folder.resolve("fuse"));
    } catch (MachineFileException e) {
      System.err.println("vfioap: " + e.getMessage());
      return 2;
    } catch (MountException e) {
      System.err.println("vfioap: " + e.getMessage());
      return 1;
    }
    System.out.println("mounted");
    Thread.currentThread().join();
    return 0;
  }
}
