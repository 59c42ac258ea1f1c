package org.vfioap.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.vfioap.machine.Machine;

/** Machines and guests that end leave nothing in the JVM. */
class ManyMachinesTest {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
  private static final int WARM = 50;
  private static final long MEBIBYTE = 1 << 20;

  @Test
  void hundredsLeaveNothing() throws IOException {
    leaveNothing(300);
  }

  @Test
  @Tag("long")
  void thousandsLeaveNothing() throws IOException {
    leaveNothing(10_000);
  }

  private static void leaveNothing(int machines) throws IOException {
    run(WARM);
    int threads = qemuThreads();
    long files = descriptors();
    long heap = heap();
    run(machines);
    assertThat(qemuThreads()).isEqualTo(threads);
    assertThat(descriptors()).isLessThanOrEqualTo(files);
    assertThat(heap() - heap).isLessThan(8 * MEBIBYTE);
  }

  private static void run(int machines) {
    Machine machine = Machine.preset("document");
    for (int i = 0; i < machines; i++) {
      try (HostFixture fixture = new HostFixture(machine)) {
        fixture.write("/sys/bus/ap/apmask", "-5");
        if (i % 10 == 0) {
          fixture.startGuest("guest1", "host", List.of()).qmp();
        }
      }
    }
  }

  private static int qemuThreads() {
    return (int)
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("qemu"))
            .count();
  }

  private static long descriptors() throws IOException {
    if (!Files.isDirectory(DESCRIPTORS)) {
      return 0;
    }
    try (Stream<Path> open = Files.list(DESCRIPTORS)) {
      return open.count();
    }
  }

  private static long heap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
