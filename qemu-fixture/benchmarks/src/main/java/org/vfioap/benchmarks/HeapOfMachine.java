package org.vfioap.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.vfioap.host.ApHost;
import org.vfioap.kernel.KernelProfile;

/**
 * Prints how much heap a machine of 256 adapters with 256 domains each keeps: the difference of the
 * used heap before and after, collected both times.
 *
 * <p>Run with {@code java -cp benchmarks.jar org.vfioap.benchmarks.HeapOfMachine}, and with {@code
 * -Xmx48m} to see that one can also be built in so little.
 */
public final class HeapOfMachine {
  private HeapOfMachine() {}

  /** Measures a few machines one after the other; the first also counts loaded classes. */
  public static void main(String[] args) {
    List<ApHost> machines = new ArrayList<>();
    int count = args.length == 0 ? 1 : Integer.parseInt(args[0]);
    for (int i = 1; i <= count; i++) {
      double before = usedMebibytes();
      machines.add(Machine.passingAll(256, KernelProfile.LINUX_6_1).host());
      double kept = usedMebibytes() - before;
      System.out.printf(Locale.ROOT, "machine %d of %d: %.2f MiB%n", i, machines.size(), kept);
    }
  }

  private static double usedMebibytes() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) / (1024.0 * 1024.0);
  }
}
