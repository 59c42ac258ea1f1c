package org.vfioap.cli.translation;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.vfioap.cli.message.UserError;
import org.vfioap.translation.plan.Plan;
import org.vfioap.translation.plan.PlanHost;
import org.vfioap.xml.document.XmlDocument;
import org.vfioap.xml.schema.LibvirtSchema;
import org.vfioap.xml.schema.SchemaProblem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what a document of libvirt comes to. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    header = "Shows how a libvirt file translates; changes nothing.",
    description = {
      "For a <hostdev>: what libvirt looks at, and QEMU's -device, QMP and HMP.",
      "For a <device> (mdev): the writes to /sys, mdevctl's JSON and commands.",
      "For a <domain>: QEMU's -cpu with what becomes of the AP features, and its hostdevs.",
      "And back to XML from a text: a device as -device, QMP or HMP have it, '-cpu ...', or mdevctl's"
          + " JSON of one device."
    },
    footer = {
      "",
      "Exit status: 0 done, 2 the file cannot be read or libvirt would refuse it.",
      "",
      "Examples:",
      "  vfioap plan my-guest-hostdev.xml",
      "  vfioap plan mdev.xml --host z16             would the kernel take it?",
      "  vfioap plan mdev.xml --json | jq -r '.sysfs[]'"
    })
public final class PlanCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "One of these documents or texts.")
  private Path file;

  @Option(names = "--json", description = "Prints JSON: for each form its lines.")
  private boolean json;

  @Option(
      names = "--validate",
      description =
          "Also holds the file against the schema of the installed libvirt, as 'virsh define"
              + " --validate' does.")
  private boolean validate;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description =
          "Holds it against a host: "
              + HostChoice.ARGUMENT
              + ". On a preset or file, booted for this, the writes are tried.")
  private @Nullable String host;

  @Override
  public Integer call() {
    String text = XmlDocument.loadText(file);
    if (validate) {
      validate(XmlDocument.parse(text, file.toString()));
    }
    Plan plan = Plan.ofText(text, file.toString(), UUID::randomUUID, host());
    spec.commandLine().getOut().print(json ? plan.toJson() : plan.toText());
    spec.commandLine().getOut().flush();
    return 0;
  }

  private PlanHost host() {
    if (host == null) {
      return PlanHost.unknown();
    }
    HostChoice choice =
        HostChoice.find(host)
            .orElseThrow(
                () -> new UserError("'" + host + "' is no host: name " + HostChoice.ARGUMENT));
    choice.note().ifPresent(note -> spec.commandLine().getErr().println("vfioap: " + note));
    return choice.emulated().map(PlanHost::of).orElseGet(() -> PlanHost.of(choice.files()));
  }

  private static void validate(XmlDocument document) {
    String root = document.root().localName();
    LibvirtSchema schema =
        LibvirtSchema.find(LibvirtSchema.INSTALLED, root)
            .orElseThrow(
                () ->
                    new UserError(
                        "there is no schema for <"
                            + root
                            + "> in "
                            + LibvirtSchema.INSTALLED
                            + ": apt-get install libvirt0"));
    List<SchemaProblem> problems = schema.validate(document);
    if (!problems.isEmpty()) {
      throw new UserError(problems.get(0).toString());
    }
  }
}
