package org.vfioap.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.mount.MachineMount;

/**
 * Measures how often a program opens, reads or writes, and closes a file of a mounted machine, of
 * tmpfs and of the kernel's own sysfs. Run it as root:
 *
 * <pre>{@code
 * java -cp benchmarks.jar org.vfioap.benchmarks.MountedFiles
 * }</pre>
 */
public final class MountedFiles {
  private static final int SIDE = 16;
  private static final int CLIENTS = 8;
  private static final String ON = "1";

  private MountedFiles() {}

  /** Prints a line for each file: reads and writes per second of one and of eight clients. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("mounted-files");
    Path tmpfs = Files.createTempFile(Path.of("/dev/shm"), "mounted-files", "");
    Files.writeString(tmpfs, ON);
    Machine machine = Machine.passingAll(SIDE, KernelProfile.DOCUMENTED);
    Machine.Mdev mdev = machine.createMdev().assign(1, 1);
    try (MachineMount mount = MachineMount.mount(machine.host(), directory)) {
      measure("tmpfs", tmpfs, tmpfs, ON);
      Path own = Path.of("/sys/bus/cpu/drivers_autoprobe");
      measure("the kernel's sysfs", own, own, ON);
      Path bus = mount.directory().resolve("sys/bus/ap/drivers_autoprobe");
      measure("sys/bus/ap/drivers_autoprobe", bus, bus, ON);
      Path matrix = mount.directory().resolve(mdev.file("matrix").substring(1));
      measure("matrix, assign_adapter", matrix, matrix.resolveSibling("assign_adapter"), "0");
    } finally {
      Files.delete(tmpfs);
      Files.delete(directory);
    }
  }

  private static void measure(String name, Path read, Path write, String text)
      throws IOException, InterruptedException {
    List<String> rates = new ArrayList<>();
    for (int clients : new int[] {1, CLIENTS}) {
      rates.add(rate(read.toString(), Integer.toString(clients)));
      rates.add(rate(write.toString(), Integer.toString(clients), text));
    }
    System.out.println("| " + name + " | " + String.join(" | ", rates) + " |");
  }

  private static String rate(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("java", "-XX:+UseSerialGC", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(FileClient.class.getName());
    command.addAll(List.of(arguments));
    Process client =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String out = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (client.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed");
    }
    return out.strip();
  }
}
