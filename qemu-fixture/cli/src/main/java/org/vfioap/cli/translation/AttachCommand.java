package org.vfioap.cli.translation;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.vfioap.xml.document.XmlDocument;
import org.vfioap.xml.hostdev.Hostdev;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Gives a guest a mediated device. */
@Command(
    name = "attach",
    mixinStandardHelpOptions = true,
    header = "Attaches a mediated device to a guest, as 'virsh attach-device' does.",
    description =
        "Through libvirt, or without it through the QMP socket of a QEMU. The options are virsh's.",
    footer = {
      "",
      "Exit status: 0 done, 1 libvirt or QEMU refused, 2 the file or the arguments are wrong.",
      "",
      "Examples:",
      "  vfioap attach my-guest my-guest-hostdev.xml --live --config",
      "  vfioap attach my-guest my-guest-hostdev.xml --hmp",
      "  vfioap attach /run/guest/qmp my-guest-hostdev.xml   a QEMU without libvirt"
    })
public final class AttachCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private GuestOptions guest;

  @Parameters(index = "1", paramLabel = "FILE.xml", description = "The <hostdev>.")
  private Path file;

  @Override
  public Integer call() {
    Hostdev hostdev = Hostdev.parse(XmlDocument.load(file));
    return guest.change(spec, target -> target.attach(hostdev), "Device attached successfully");
  }
}
