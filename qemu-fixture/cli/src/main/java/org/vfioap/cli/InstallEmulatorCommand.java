package org.vfioap.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.vfioap.cli.message.Reasons;
import org.vfioap.cli.message.UserError;
import org.vfioap.qemu.install.EmulatorInstaller;
import org.vfioap.qemu.persona.QemuVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Installs the program that poses as qemu-system-s390x. */
@Command(
    name = "install-emulator",
    mixinStandardHelpOptions = true,
    header = "Installs a program that poses as qemu-system-s390x.",
    description =
        "Writes DIR/qemu-system-s390x, which takes QEMU's command line and answers on its monitors"
            + " as QEMU does, with guests that can be given vfio-ap devices. It needs nothing but"
            + " what is in DIR: a small Java and an archive of loaded classes are made there, which"
            + " takes a few seconds. FIXTURE_QEMU=VERSION in its environment makes it another"
            + " version.")
final class InstallEmulatorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--qemu",
      paramLabel = "VERSION",
      description = "Which QEMU: 7.2 (the default), 10.0 or 11.1.")
  private QemuVersion version = QemuVersion.DEFAULT;

  @Parameters(paramLabel = "DIR", description = "Where to; it is created if it does not exist.")
  private Path directory;

  @Override
  public Integer call() throws InterruptedException {
    try {
      spec.commandLine().getOut().println(EmulatorInstaller.install(directory, version));
      return 0;
    } catch (IOException e) {
      throw new UserError("cannot install into " + directory + ": " + Reasons.of(e));
    }
  }
}
