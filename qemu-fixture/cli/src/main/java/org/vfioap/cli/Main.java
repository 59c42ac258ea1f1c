package org.vfioap.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.vfioap.cli.booting.BootCommand;
import org.vfioap.cli.booting.FetchLinuxCommand;
import org.vfioap.cli.doctor.DoctorCommand;
import org.vfioap.cli.manual.CompletionCommand;
import org.vfioap.cli.manual.ManualPages;
import org.vfioap.cli.message.UserError;
import org.vfioap.cli.mounting.ExportCommand;
import org.vfioap.cli.mounting.MountCommand;
import org.vfioap.cli.mounting.UmountCommand;
import org.vfioap.cli.running.DmesgCommand;
import org.vfioap.cli.running.EventsCommand;
import org.vfioap.cli.running.ExecCommand;
import org.vfioap.cli.running.GuestCommand;
import org.vfioap.cli.running.HwCommand;
import org.vfioap.cli.running.LikenessCommand;
import org.vfioap.cli.running.ListCommand;
import org.vfioap.cli.running.RebootCommand;
import org.vfioap.cli.running.RunCommand;
import org.vfioap.cli.running.ShellCommand;
import org.vfioap.cli.running.StopCommand;
import org.vfioap.cli.serve.ServeCommand;
import org.vfioap.cli.translation.AttachCommand;
import org.vfioap.cli.translation.DetachCommand;
import org.vfioap.cli.translation.ExplainCommand;
import org.vfioap.cli.translation.PlanCommand;
import org.vfioap.fuse.MountException;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.machine.MachineFileException;
import org.vfioap.place.Refused;
import org.vfioap.qemu.persona.QemuVersion;
import org.vfioap.recording.RecordingException;
import org.vfioap.scenario.ScenarioException;
import org.vfioap.xml.verdict.LibvirtRefusal;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The {@code vfioap} command.
 *
 * <p>Exit status: 0 done, 1 the command ran and its answer is no (a difference, a refusal), 2 the
 * command line or a file that it names cannot be used.
 */
@Command(
    name = "vfioap",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "An IBM Z host's AP (crypto adapter) stack on any computer: its kernel's files, errors and"
            + " guests, for testing software around vfio-ap without a mainframe.",
    subcommands = {
      DemoCommand.class,
      MatrixCommand.class,
      MachineCommand.class,
      RunCommand.class,
      BootCommand.class,
      FetchLinuxCommand.class,
      LikenessCommand.class,
      ShellCommand.class,
      ExecCommand.class,
      GuestCommand.class,
      ListCommand.class,
      StopCommand.class,
      AttachCommand.class,
      DetachCommand.class,
      PlanCommand.class,
      ExplainCommand.class,
      RebootCommand.class,
      HwCommand.class,
      DmesgCommand.class,
      EventsCommand.class,
      ServeCommand.class,
      DoctorCommand.class,
      MountCommand.class,
      UmountCommand.class,
      ExportCommand.class,
      ReplayCommand.class,
      InstallEmulatorCommand.class,
      RecordQemuCommand.class,
      VerifyCommand.class,
      CompletionCommand.class,
      ManualPages.class,
      HelpCommand.class
    },
    footer = {
      "",
      "Start with:",
      "  vfioap demo                  three guests, hot plug and refusals, as a session",
      "  vfioap matrix                who owns each APQN",
      "  vfioap machine show z16      what a machine file looks like",
      "  vfioap run z16               a machine for real programs; then: vfioap shell",
      "  vfioap verify                run every test (needs a JDK and Maven)",
      "",
      "Shell completion: source <(vfioap generate-completion)"
    })
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  private Main() {}

  /** Runs the command and ends the process with its exit status. */
  public static void main(String[] arguments) {
    System.exit(commandLine(System.out, System.err).execute(arguments));
  }

  static CommandLine commandLine(PrintStream out, PrintStream err) {
    return new CommandLine(new Main())
        .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
        .registerConverter(KernelProfile.class, Main::profile)
        .registerConverter(QemuVersion.class, Main::qemu)
        .setParameterExceptionHandler(Main::refuse)
        .setExecutionExceptionHandler(Main::explain);
  }

  private static KernelProfile profile(String label) {
    try {
      return KernelProfile.parse(label);
    } catch (IllegalArgumentException unknown) {
      throw new TypeConversionException(unknown.getMessage());
    }
  }

  private static QemuVersion qemu(String name) {
    try {
      return QemuVersion.parse(name);
    } catch (IllegalArgumentException unknown) {
      throw new TypeConversionException(unknown.getMessage());
    }
  }

  /** A wrong command line: the reason, then where the help is. */
  private static int refuse(ParameterException error, String[] arguments) {
    CommandLine command = error.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("vfioap: " + error.getMessage());
    UnmatchedArgumentException.printSuggestions(error, err);
    String name = command.getCommandSpec().qualifiedName();
    err.println("See '" + name + " --help'.");
    return CommandLine.ExitCode.USAGE;
  }

  /** What the user can mend is told in a line; anything else is a fault of this program. */
  private static int explain(
      Exception error, CommandLine command, CommandLine.ParseResult arguments) throws Exception {
    boolean mendable =
        error instanceof UserError
            || error instanceof MachineFileException
            || error instanceof MountException
            || error instanceof ScenarioException
            || error instanceof RecordingException
            || error instanceof LibvirtRefusal
            || error instanceof Refused;
    if (!mendable) {
      throw error;
    }
    command.getErr().println("vfioap: " + error.getMessage());
    return CommandLine.ExitCode.USAGE;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "missing command; a first one is: vfioap demo");
  }
}
