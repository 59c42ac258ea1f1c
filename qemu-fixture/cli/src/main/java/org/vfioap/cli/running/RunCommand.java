package org.vfioap.cli.running;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vfioap.cli.message.UserError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Explains how machines are started; the launcher's script {@code machine.sh} does it. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    header = "Starts a machine whose /sys real programs see.",
    customSynopsis =
        "vfioap run MACHINE [--name NAME] [--like DISTRIBUTION] [--with-host]"
            + " [--libvirtd [--qemu VERSION]] [--json | -- COMMAND...]",
    description = {
      "Starts the machine in namespaces of its own: /sys is the machine, and /run, /dev/vfio,"
          + " /etc/mdevctl.d, /etc/udev/rules.d, /etc/libvirt and libvirt's folders in /var belong"
          + " to it. This computer stays as it is. It needs no root, but user namespaces and FUSE;"
          + " see 'vfioap doctor'.",
      "",
      "With COMMAND the machine lives as long as the command, whose exit status is passed on."
          + " Without, it runs in the background until 'vfioap stop', and its name is printed."
    },
    footer = {
      "",
      "Examples:",
      "  vfioap run z16                                a machine in the background",
      "  vfioap shell z16                              a shell in it",
      "  vfioap run z14 -- mdevctl types               a machine for one command",
      "  vfioap run document --libvirtd -- virsh nodedev-list --tree",
      "  vfioap run z16 --libvirtd --like debian-13    its kernel and its QEMU",
      "  vfioap run lab.yaml --name lab -- ./test.sh   from a machine file"
    })
@SuppressWarnings("UnusedVariable") // The script reads them, this only describes them.
public final class RunCommand implements Runnable {
  @Parameters(index = "0", paramLabel = "MACHINE", description = MACHINE)
  private String machine;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "What commands call it, and its host name. Default: after the preset or file.")
  private @Nullable String name;

  @Option(
      names = "--with-host",
      description = "Shows this computer's own devices in /sys, too, and its /dev.")
  private boolean withHost;

  @Option(
      names = "--libvirtd",
      description =
          "Runs a libvirtd in it, whose QEMU is the emulated one; virsh connects without options.")
  private boolean libvirtd;

  @Option(
      names = "--qemu",
      paramLabel = "VERSION",
      description = "Which QEMU that is: 7.2 (the default), 10.0 or 11.1.")
  private @Nullable String qemu;

  @Option(
      names = "--like",
      paramLabel = "DISTRIBUTION",
      description =
          "The kernel and, with --libvirtd, the QEMU of a distribution, or the nearest that there"
              + " are; it says which. Known: "
              + Likeness.NAMES
              + ".")
  private @Nullable String like;

  @Option(
      names = "--json",
      description = "Prints a JSON object about the machine instead of its name; see docs/json.md.")
  private boolean json;

  @Parameters(index = "1..*", hidden = true)
  private @Nullable List<String> command;

  static final String MACHINE = "A machine file or a preset (see 'vfioap machine list').";

  @Override
  public void run() {
    throw new UserError("machines are started by the program 'vfioap', not by its jar alone");
  }
}
