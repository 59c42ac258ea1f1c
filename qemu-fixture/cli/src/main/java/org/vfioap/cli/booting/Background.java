package org.vfioap.cli.booting;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.vfioap.cli.message.UserError;
import org.vfioap.place.RunningMachine;

/** Starts this program once more, away from the terminal, to keep a machine. */
final class Background {
  private static final int MILLISECONDS = 20;

  private Background() {}

  /**
   * Returns when the machine's QEMU runs, and prints its name and console.
   *
   * @param arguments of this command, which the other one gets, too
   */
  static int start(BootOrder order, PrintWriter out, List<String> arguments)
      throws IOException, InterruptedException {
    Path log = Files.createTempFile("vfioap-boot", ".log");
    try {
      Process keeper = keeper(arguments, log);
      RunningMachine machine = await(order.name(), keeper, log);
      out.println(order.name());
      out.println("console: " + machine.folder().resolve("console"));
      out.flush();
      return 0;
    } finally {
      Files.deleteIfExists(log);
    }
  }

  private static Process keeper(List<String> arguments, Path log) throws IOException {
    ProcessHandle.Info self = ProcessHandle.current().info();
    List<String> command = new ArrayList<>(List.of("setsid"));
    command.add(self.command().orElse("java"));
    String[] own = self.arguments().orElse(new String[0]);
    int ours = own.length - arguments.size();
    command.addAll(List.of(own).subList(0, Math.max(0, ours)));
    command.add("boot");
    command.add("--in-background");
    command.addAll(arguments.subList(1, arguments.size()));
    return new ProcessBuilder(command)
        .redirectInput(Path.of("/dev/null").toFile())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  private static RunningMachine await(String name, Process keeper, Path log)
      throws IOException, InterruptedException {
    while (true) {
      Optional<RunningMachine> machine = RunningMachine.find(name).filter(RunningMachine::isReady);
      if (machine.isPresent()) {
        return machine.get();
      }
      if (keeper.waitFor(MILLISECONDS, TimeUnit.MILLISECONDS)) {
        String words = new String(Files.readAllBytes(log), StandardCharsets.UTF_8).strip();
        throw new UserError("the machine " + name + " ended while it started:\n" + words);
      }
    }
  }
}
