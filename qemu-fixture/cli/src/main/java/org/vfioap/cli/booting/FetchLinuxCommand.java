package org.vfioap.cli.booting;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.vfioap.cli.message.UserError;
import org.vfioap.plugin.FetchScript;
import org.vfioap.plugin.RealQemu;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Fetches what a real Linux needs. */
@Command(
    name = "fetch-linux",
    mixinStandardHelpOptions = true,
    header = "Fetches a QEMU and a Linux for 'vfioap boot', as Debian packages, without root.",
    description = {
      "They go to ~/.cache/vfioap/linux, or to the folder that VFIOAP_LINUX names: QEMU 11.0 or"
          + " newer with its own libraries, and for each SUITE an unmodified kernel for s390x and a"
          + " small system with busybox and s390-tools. About 90 MB are downloaded, and 60 MB for"
          + " each further SUITE. VFIOAP_DEBIAN names another mirror than Debian's own."
    },
    footer = {
      "",
      "Examples:",
      "  vfioap fetch-linux                     the newest kernel",
      "  vfioap fetch-linux bookworm trixie     those of Debian 12 and 13",
      "  vfioap boot document                   what it is for"
    })
public final class FetchLinuxCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..*",
      paramLabel = "SUITE",
      description = "Releases of Debian whose kernel is fetched. Default: testing.")
  private List<String> suites = List.of();

  @Override
  public Integer call() throws InterruptedException {
    Path folder = RealQemu.folder(System.getenv());
    try {
      Path scratch = Files.createTempDirectory("vfioap-fetch");
      try {
        List<String> command = new ArrayList<>(List.of("sh"));
        command.add(FetchScript.unpack(scratch).toString());
        command.add(folder.toString());
        command.addAll(suites);
        return new ProcessBuilder(command).inheritIO().start().waitFor() == 0 ? 0 : 1;
      } finally {
        FetchScript.remove(scratch);
      }
    } catch (IOException e) {
      throw new UserError("cannot fetch to " + folder + ": " + e.getMessage());
    }
  }
}
