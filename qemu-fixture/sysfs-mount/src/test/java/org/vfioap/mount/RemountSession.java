package org.vfioap.mount;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.vfioap.fuse.FuseMount;
import org.vfioap.lab.Namespace;
import org.vfioap.machine.Machine;

/**
 * Mounts a machine on a directory on which a process mounted one that was killed; prints what the
 * directory shows.
 */
final class RemountSession {
  private RemountSession() {}

  private static Process first() throws IOException {
    Process first =
        new ProcessBuilder(
                "java",
                Namespace.NATIVE_ACCESS,
                "-cp",
                System.getProperty("java.class.path"),
                RemountSession.class.getName(),
                "hold")
            .start();
    System.out.println(first.inputReader().readLine());
    return first;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path directory = Files.createDirectories(Path.of("mounted").toAbsolutePath());
    if (arguments.length > 0) {
      MachineMount mount = MachineMount.mount(Machine.preset("z14").boot(), directory);
      System.out.println("first");
      mount.awaitEnd();
      return;
    }
    Process ended = first();
    ended.destroy();
    ended.waitFor();
    System.out.println("mounted after SIGTERM " + FuseMount.unmount(directory));
    first().destroyForcibly().waitFor();
    System.out.println("usable " + (directory.toFile().list() != null));
    try (MachineMount mount = MachineMount.mount(Machine.preset("document").boot(), directory)) {
      System.out.print(Files.readString(mount.sys().resolve("bus/ap/bindings")));
    }
    System.out.println(
        "left " + List.of(Optional.ofNullable(directory.toFile().list()).orElseThrow()));
    System.out.println("mounted " + FuseMount.unmount(directory));
  }
}
