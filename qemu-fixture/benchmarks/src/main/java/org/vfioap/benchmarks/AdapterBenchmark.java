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
import org.vfioap.kernel.KernelProfile;
import org.vfioap.sysfs.SysfsTree;

/**
 * {@code echo 5 > assign_adapter} and {@code unassign_adapter}, for an mdev that has domains.
 *
 * <p>A write can be repeated only after it was undone. So one invocation writes 16 adapters one
 * after the other, and what undoes them runs between invocations, outside the measured time: the
 * clock is read twice per 16 writes, less than 5 ns a write. {@link #both} needs no undoing; it
 * must come out as the mean of the other two.
 *
 * <p>Here and elsewhere the figure to look at is the median of the samples: it stays the same when
 * other programs take the processor away now and then.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class AdapterBenchmark {

  /** One mdev with domains, which a guest may be using, among others that do nothing. */
  @State(Scope.Thread)
  @SuppressWarnings("NullAway.Init") // JMH boots before it measures
  public static class OneMdev {
    @Param({"16", "64"})
    int side;

    @Param({"0", "16", "256"})
    int domains;

    @Param({"false", "true"})
    boolean guest;

    @Param({"0", "1000"})
    int bystanders;

    @Param("LINUX_6_1")
    KernelProfile profile;

    private final String[] texts = new String[Machine.MEASURED_ADAPTERS];
    private SysfsTree sysfs;
    private String assign;
    private String unassign;

    /** Boots the machine and creates the mdevs. */
    @Setup(Level.Trial)
    public void boot() {
      Machine machine = Machine.passingAll(side, profile);
      Machine.Mdev mdev = machine.createMdev().assign(0, domains);
      machine.withBystanders(bystanders);
      if (guest) {
        mdev.openForGuest();
      }
      for (int adapter = 0; adapter < texts.length; adapter++) {
        texts[adapter] = adapter + "\n";
      }
      sysfs = machine.sysfs();
      assign = mdev.file("assign_adapter");
      unassign = mdev.file("unassign_adapter");
    }

    void assignAll() {
      for (String text : texts) {
        sysfs.write(assign, text);
      }
    }

    void unassignAll() {
      for (String text : texts) {
        sysfs.write(unassign, text);
      }
    }
  }

  /** The mdev has no adapter. */
  public static class WithoutAdapters extends OneMdev {
    /** Undoes what was measured. */
    @Setup(Level.Invocation)
    public void undo() {
      unassignAll();
    }
  }

  /** The mdev has all adapters. */
  public static class WithAdapters extends OneMdev {
    /** Undoes what was measured. */
    @Setup(Level.Invocation)
    public void undo() {
      assignAll();
    }
  }

  /** One {@code assign_adapter}. */
  @Benchmark
  @OperationsPerInvocation(Machine.MEASURED_ADAPTERS)
  public void assign(WithoutAdapters mdev) {
    mdev.assignAll();
  }

  /** One {@code unassign_adapter}. */
  @Benchmark
  @OperationsPerInvocation(Machine.MEASURED_ADAPTERS)
  public void unassign(WithAdapters mdev) {
    mdev.unassignAll();
  }

  /** The mean of both. */
  @Benchmark
  @OperationsPerInvocation(2 * Machine.MEASURED_ADAPTERS)
  public void both(OneMdev mdev) {
    mdev.assignAll();
    mdev.unassignAll();
  }
}
