package org.vfioap.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.vfioap.host.ApHost;
import org.vfioap.kernel.KernelProfile;

/** A machine of 256 adapters with 256 domains each, from nothing to a booted host. */
@State(Scope.Thread)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class BootBenchmark {
  @Param("LINUX_6_1")
  KernelProfile profile;

  /** The first machine of a program: classes are loaded, and nothing is compiled yet. */
  @Benchmark
  @BenchmarkMode(Mode.SingleShotTime)
  @Fork(20)
  @Measurement(iterations = 1)
  @Warmup(iterations = 0)
  public ApHost first() {
    return Machine.boot(256, profile).host();
  }

  /** One more machine in a program that has run for a while. */
  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  @Fork(3)
  @Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
  @Measurement(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
  public ApHost later() {
    return Machine.boot(256, profile).host();
  }
}
