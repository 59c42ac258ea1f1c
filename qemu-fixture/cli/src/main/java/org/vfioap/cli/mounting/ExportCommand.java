package org.vfioap.cli.mounting;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.vfioap.cli.message.Reasons;
import org.vfioap.cli.message.UserError;
import org.vfioap.export.PlainFiles;
import org.vfioap.export.UmockdevDescription;
import org.vfioap.machine.Machine;
import org.vfioap.sysfs.SysfsTree;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Writes a machine's /sys as it is after boot. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    header = "Writes a machine's /sys to plain files, for tools that only read.",
    description = {
      "DIR becomes what /sys is: files with the content of this moment, and links. It must not"
          + " exist yet.",
      "",
      "A name that ends with .umockdev becomes a description of the devices instead, for:"
          + " umockdev-run --device FILE -- PROGRAM"
    })
public final class ExportCommand implements Runnable {
  private static final String UMOCKDEV = ".umockdev";

  @Parameters(index = "0", paramLabel = "DIR|FILE.umockdev", description = "What is written.")
  private Path target;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "MACHINE",
      defaultValue = "z16",
      description = "A machine file or a preset (see 'vfioap machine list'). Default: z16.")
  private String machine;

  @Override
  public void run() {
    SysfsTree tree = Machine.find(machine).boot().sysfs();
    try {
      if (target.toString().endsWith(UMOCKDEV)) {
        StringBuilder description = new StringBuilder();
        UmockdevDescription.write(tree, description);
        Files.writeString(target, description, StandardCharsets.ISO_8859_1);
      } else {
        PlainFiles.write(tree, target.toAbsolutePath().normalize());
      }
    } catch (IOException e) {
      throw new UserError("cannot export to " + target + ": " + Reasons.of(e));
    }
  }
}
