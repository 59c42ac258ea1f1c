package org.vfioap.cli.mounting;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vfioap.cli.message.Reasons;
import org.vfioap.cli.message.UserError;
import org.vfioap.export.PlainFiles;
import org.vfioap.export.TarFile;
import org.vfioap.export.UmockdevDescription;
import org.vfioap.host.ApHost;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.machine.Machine;
import org.vfioap.translation.emulated.NodeDocument;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a machine's /sys as it is after boot. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    header = "Writes a machine's /sys to files, for tests that only read.",
    description = {
      "The end of the name decides what is written:",
      "",
      "  NAME           a folder that becomes what /sys is; it must not exist",
      "  NAME.tar       the same as a tar file, with names that begin with sys/",
      "  NAME.umockdev  for: umockdev-run --device NAME.umockdev -- PROGRAM",
      "  NAME.xml       libvirt's node devices, for: virsh -c test:///PATH/NAME.xml",
      "",
      "It is the machine as after boot. The same machine gives the same bytes."
    })
public final class ExportCommand implements Runnable {
  @Parameters(index = "0", paramLabel = "NAME[.tar|.umockdev|.xml]", description = "Is written.")
  private Path target;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "MACHINE",
      defaultValue = "z16",
      description = "A machine file or a preset (see 'vfioap machine list'). Default: z16.")
  private String machine;

  @Option(
      names = "--profile",
      paramLabel = "PROFILE",
      description = "The kernel, instead of the machine's (see 'vfioap machine profiles').")
  private @Nullable String profile;

  @Option(
      names = "--all",
      description =
          "Writes all three files for each preset and kernel into the folder NAME, as"
              + " z16-linux-6.12.tar.")
  private boolean all;

  @Override
  public void run() {
    if (all) {
      exportAll();
      return;
    }
    Machine described = Machine.find(machine);
    ApHost host =
        Optional.ofNullable(profile)
            .map(KernelProfile::parse)
            .map(described::withProfile)
            .orElse(described)
            .boot();
    try {
      write(host, target);
    } catch (IOException e) {
      throw new UserError("cannot export to " + target + ": " + Reasons.of(e));
    }
  }

  private void exportAll() {
    try {
      Files.createDirectories(target);
      for (String preset : Machine.presets()) {
        for (KernelProfile kernel : KernelProfile.values()) {
          ApHost host = Machine.preset(preset).withProfile(kernel).boot();
          for (String ending : List.of(".tar", ".umockdev", ".xml")) {
            write(host, target.resolve(preset + "-" + kernel + ending));
          }
        }
      }
    } catch (IOException e) {
      throw new UserError("cannot export to " + target + ": " + Reasons.of(e));
    }
  }

  private static void write(ApHost host, Path target) throws IOException {
    String name = target.toString();
    if (name.endsWith(".tar")) {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(target))) {
        TarFile.write(host.sysfs(), out);
      }
    } else if (name.endsWith(".umockdev")) {
      StringBuilder description = new StringBuilder();
      UmockdevDescription.write(host.sysfs(), description);
      Files.writeString(target, description, StandardCharsets.ISO_8859_1);
    } else if (name.endsWith(".xml")) {
      Files.writeString(target, NodeDocument.of(host));
    } else {
      PlainFiles.write(host.sysfs(), target.toAbsolutePath().normalize());
    }
  }
}
