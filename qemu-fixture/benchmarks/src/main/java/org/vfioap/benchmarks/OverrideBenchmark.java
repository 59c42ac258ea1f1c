package org.vfioap.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.sysfs.SysfsTree;

/** 4,096 queues that belong to vfio_ap by {@code driver_override}, and an mdev with 64 domains. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@SuppressWarnings("NullAway.Init") // JMH boots before it measures
public class OverrideBenchmark {
  private static final int SIDE = 64;

  private SysfsTree sysfs;
  private String assign;
  private String unassign;

  /** Boots the machine and gives every queue to vfio_ap. */
  @Setup(Level.Trial)
  public void boot() {
    Machine machine = Machine.boot(SIDE, KernelProfile.LINUX_7_2);
    sysfs = machine.sysfs();
    for (int adapter = 0; adapter < SIDE; adapter++) {
      for (int domain = 0; domain < SIDE; domain++) {
        give(adapter, domain);
      }
    }
    Machine.Mdev mdev = machine.createMdev().assign(0, SIDE);
    assign = mdev.file("assign_adapter");
    unassign = mdev.file("unassign_adapter");
  }

  private void give(int adapter, int domain) {
    String queue = String.format("%02x.%04x", adapter, domain);
    String directory = String.format("/sys/devices/ap/card%02x/%s/", adapter, queue);
    sysfs.write(directory + "driver_override", "vfio_ap\n");
    sysfs.write(directory + "driver/unbind", queue + "\n");
    sysfs.write("/sys/bus/ap/drivers_probe", queue + "\n");
  }

  /** One write that gives or takes an adapter with its 64 queues. */
  @Benchmark
  @OperationsPerInvocation(2)
  public void assignAndUnassign() {
    sysfs.write(assign, "5\n");
    sysfs.write(unassign, "5\n");
  }

  /** One mask write, which the overrides forbid. */
  @Benchmark
  public Errno maskWrite() {
    try {
      sysfs.write(Machine.APMASK, "-5\n");
      throw new IllegalStateException("the overrides are gone");
    } catch (KernelRefusal refusal) {
      return refusal.errno();
    }
  }
}
