package org.vfioap.cli.running;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vfioap.cli.message.UserError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Explains how a guest is entered; the launcher's script {@code machine.sh} does it. */
@Command(
    name = "guest",
    mixinStandardHelpOptions = true,
    header = "Lists the guests of a running machine, and runs commands in them.",
    customSynopsis = {
      "vfioap guest list [NAME] [--json]",
      "      vfioap guest [NAME] GUEST exec -- COMMAND...",
      "      vfioap guest [NAME] GUEST shell"
    },
    description = {
      "A guest runs while its QEMU does. In a guest the command finds the guest's own AP bus,"
          + " vfio_ap and mdevs at /sys, so crypto can be passed on. The guest has an /etc of its"
          + " own for mdevctl, udev and libvirt that outlives its reboots, and a /run that does not."
          + " A reset of the guest, or its end, ends the command.",
      "NAME is the machine; it may be left out while only one runs, and in a guest. A guest in a"
          + " guest is GUEST/GUEST."
    },
    footer = {
      "",
      "Examples:",
      "  vfioap guest list                               who has which queues",
      "  vfioap guest my-guest exec -- ls /sys/bus/ap/devices",
      "  vfioap guest z16 my-guest exec -- mdevctl list  on one of several machines",
      "  vfioap guest my-guest/inner shell               a guest of a guest"
    },
    subcommands = GuestListCommand.class)
@SuppressWarnings("UnusedVariable") // The script reads them, this only describes them.
public final class GuestCommand implements Runnable {
  @Parameters(hidden = true)
  private @Nullable List<String> command;

  @Override
  public void run() {
    throw new UserError(
        "say which guest and what to run: vfioap guest [NAME] GUEST exec -- COMMAND..., vfioap"
            + " guest [NAME] GUEST shell, or vfioap guest list");
  }
}
