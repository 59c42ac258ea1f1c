package org.vfioap.cli.translation;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.vfioap.cli.message.UserError;
import org.vfioap.xml.document.XmlDocument;
import org.vfioap.xml.hostdev.Hostdev;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes a mediated device from a guest. */
@Command(
    name = "detach",
    mixinStandardHelpOptions = true,
    header = "Detaches a mediated device from a guest, as 'virsh detach-device' does.",
    description =
        "Through libvirt, or without it through the QMP socket of a QEMU. The options are virsh's.",
    footer = {
      "",
      "Exit status: 0 done, 1 libvirt or QEMU refused, 2 the file or the arguments are wrong.",
      "",
      "Examples:",
      "  vfioap detach my-guest my-guest-hostdev.xml",
      "  vfioap detach my-guest --alias hostdev0",
      "  vfioap detach /run/guest/qmp my-guest-hostdev.xml   a QEMU without libvirt"
    })
public final class DetachCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private GuestOptions guest;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "FILE.xml",
      description = "The <hostdev>; its UUID tells which one.")
  private @Nullable Path file;

  @Option(
      names = "--alias",
      paramLabel = "ALIAS",
      description = "The device with this alias, like 'virsh detach-device-alias'.")
  private @Nullable String alias;

  @Override
  public Integer call() {
    if (alias != null && file == null) {
      String name = alias;
      return guest.change(
          spec, target -> target.detachAlias(name), "Device detach request sent successfully");
    }
    if (file == null || alias != null) {
      throw new UserError("say which device: FILE.xml or --alias ALIAS");
    }
    Hostdev hostdev = Hostdev.parse(XmlDocument.load(file));
    return guest.change(spec, target -> target.detach(hostdev), "Device detached successfully");
  }
}
