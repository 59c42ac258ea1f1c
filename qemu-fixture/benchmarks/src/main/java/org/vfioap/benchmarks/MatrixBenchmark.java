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
import org.vfioap.kernel.KernelProfile;
import org.vfioap.sysfs.SysfsTree;

/** {@code cat guest_matrix} with 16 APQNs and {@code cat matrix} with 256. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@SuppressWarnings("NullAway.Init") // JMH boots before it measures
public class MatrixBenchmark {
  @Param({"16", "64"})
  int side;

  @Param({"0", "1000"})
  int bystanders;

  @Param("LINUX_6_1")
  KernelProfile profile;

  private SysfsTree sysfs;
  private String guestMatrix16;
  private String matrix256;

  /** Boots the machine with two mdevs, of 2 by 8 APQNs and, over-provisioned, of 1 by 256. */
  @Setup(Level.Trial)
  public void boot() {
    Machine machine = Machine.passingAll(side, profile);
    guestMatrix16 = machine.createMdev().assign(2, 8).file("guest_matrix");
    matrix256 = machine.createMdev().assignAdapter(2).assign(0, 256).file("matrix");
    machine.withBystanders(bystanders);
    sysfs = machine.sysfs();
  }

  /** One {@code guest_matrix} of 16 lines. */
  @Benchmark
  @OperationsPerInvocation(16)
  public void guestMatrix16(Blackhole reader) {
    for (int i = 0; i < 16; i++) {
      reader.consume(sysfs.read(guestMatrix16));
    }
  }

  /** One {@code matrix} of 256 lines. */
  @Benchmark
  public String matrix256() {
    return sysfs.read(matrix256);
  }
}
