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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.sysfs.SysfsTree;

/** {@code echo +5 > apmask} where {@code aqmask} has 16 domains. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@SuppressWarnings("NullAway.Init") // JMH boots before it measures
public class MaskBenchmark {
  @Param({"16", "64"})
  int side;

  @Param({"0", "1000"})
  int bystanders;

  @Param("LINUX_6_1")
  KernelProfile profile;

  private SysfsTree sysfs;

  /** Boots the machine; an mdev has the queues of adapter 6 and keeps them. */
  @Setup(Level.Trial)
  public void boot() {
    Machine machine = Machine.passingAll(side, profile);
    machine.withBystanders(bystanders).createMdev().assignAdapter(6).assignDomain(0);
    sysfs = machine.sysfs();
    sysfs.write(Machine.AQMASK, "+0-15\n");
  }

  /** One write after which 16 queues change drivers: half to the host's, half to vfio_ap. */
  @Benchmark
  @OperationsPerInvocation(2)
  public void move16Queues() {
    sysfs.write(Machine.APMASK, "+5\n");
    sysfs.write(Machine.APMASK, "-5\n");
  }

  /** One write that says what is so already. */
  @Benchmark
  @OperationsPerInvocation(16)
  public void unchanged(Blackhole writer) {
    for (int i = 0; i < 16; i++) {
      writer.consume(sysfs.write(Machine.APMASK, "-5\n"));
    }
  }

  /** One write that is refused because an mdev has the queue, and logged. */
  @Benchmark
  public Errno refused() {
    try {
      sysfs.write(Machine.APMASK, "+6\n");
      throw new IllegalStateException("the mdev lost its adapter");
    } catch (KernelRefusal refusal) {
      return refusal.errno();
    }
  }
}
