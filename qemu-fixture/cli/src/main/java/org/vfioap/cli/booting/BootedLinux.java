package org.vfioap.cli.booting;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.vfioap.ap.ApHardware;
import org.vfioap.place.BootedMachine;
import org.vfioap.plugin.PluginLibrary;
import org.vfioap.plugin.PluginSocket;
import org.vfioap.plugin.RealQemu;
import org.vfioap.processor.Processor;

/** A real Linux from its start to its end. */
final class BootedLinux {
  private BootedLinux() {}

  /**
   * Runs QEMU until it ends and returns its exit status.
   *
   * @throws IOException if its folder or the program cannot be used
   */
  static int run(BootOrder order, ApHardware hardware) throws IOException, InterruptedException {
    Path library = PluginLibrary.in(RealQemu.folder(System.getenv()).resolveSibling("plugin"));
    try (BootedMachine machine = BootedMachine.open(order.name(), order.source(), hardware);
        PluginSocket socket = PluginSocket.open(machine.socket(), Processor.of(hardware))) {
      ProcessBuilder builder =
          new ProcessBuilder(order.command(RealQemu.pluginOptions(library, socket.path())));
      if (order.inBackground()) {
        Path console = machine.folder().resolve("console");
        builder.redirectInput(Path.of("/dev/null").toFile());
        builder.redirectErrorStream(true).redirectOutput(console.toFile());
      } else {
        builder.inheritIO();
      }
      Process qemu = builder.start();
      Thread end = new Thread(() -> endWithMe(qemu, machine), "end");
      Runtime.getRuntime().addShutdownHook(end);
      machine.ready();
      return qemu.waitFor();
    }
  }

  /** A signal ends this program, and with it the machine. */
  private static void endWithMe(Process qemu, BootedMachine machine) {
    if (qemu.isAlive()) {
      qemu.destroyForcibly();
      qemu.onExit().join();
      try {
        machine.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
