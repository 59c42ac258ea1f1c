package org.vfioap.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.vfioap.files.MachineFiles;
import org.vfioap.kernel.KernelProfile;

/** A machine's files through {@code java.nio.file}, in the process. */
@State(Scope.Thread)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@BenchmarkMode(Mode.AverageTime)
@Fork(3)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class FilesBenchmark {
  private final Path mask =
      MachineFiles.sys(Machine.boot(16, KernelProfile.LINUX_6_1).host()).resolve("bus/ap/apmask");

  /** Opens, reads and closes a file. */
  @Benchmark
  public String readString() throws IOException {
    return Files.readString(mask);
  }

  /** Opens a file, writes what it says already, and closes it. */
  @Benchmark
  public Path writeString() throws IOException {
    return Files.writeString(mask, "+0");
  }
}
