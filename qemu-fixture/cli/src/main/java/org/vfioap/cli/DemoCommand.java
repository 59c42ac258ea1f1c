package org.vfioap.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.vfioap.cli.session.Example;
import org.vfioap.cli.session.Screen;
import org.vfioap.machine.Machine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Plays the document's three-guest example on an emulated host. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    header = "Plays the document's three-guest example as a session.",
    description =
        "The example of the kernel's vfio-ap document on an emulated host: three guests with crypto"
            + " queues, hot plug, an adapter that arrives later, refusals with their log lines, and"
            + " clean removal. Everything it prints is what the emulated kernel answered.")
final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Ansi ansi = spec.commandLine().getColorScheme().ansi();
    PrintWriter out = spec.commandLine().getOut();
    Screen screen = new Screen(out, ansi);
    try (Example example = new Example(Machine.preset("document").boot(), screen)) {
      example.playAll();
    }
    out.flush();
    return 0;
  }
}
