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
import org.vfioap.ap.Apqn;
import org.vfioap.ap.QueueState;
import org.vfioap.host.ApHost;
import org.vfioap.kernel.KernelProfile;

/** {@code echo 1 > /sys/bus/ap/scans} where the scan finds nothing new. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@SuppressWarnings("NullAway.Init") // JMH boots before it measures
public class ScanBenchmark {
  @Param({"16", "64", "256"})
  int side;

  @Param({"0", "1000"})
  int bystanders;

  @Param("LINUX_6_1")
  KernelProfile profile;

  private ApHost host;

  /** Boots the machine. */
  @Setup(Level.Trial)
  public void boot() {
    host = Machine.passingAll(side, profile).withBystanders(bystanders).host();
  }

  /** One scan of hardware that nobody touched. */
  @Benchmark
  @OperationsPerInvocation(16)
  public void untouched(Blackhole writer) {
    for (int i = 0; i < 16; i++) {
      writer.consume(host.sysfs().write("/sys/bus/ap/scans", "1\n"));
    }
  }

  /** One scan of hardware that was touched and is as before, so every queue must be asked. */
  @Benchmark
  public void touched() {
    host.change(hardware -> hardware.queue(Apqn.of(0, 0), QueueState.OK));
  }
}
