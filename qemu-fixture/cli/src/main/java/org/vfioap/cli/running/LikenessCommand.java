package org.vfioap.cli.running;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.vfioap.cli.message.UserError;
import org.vfioap.qemu.persona.QemuVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Tells the launcher what {@code --like} and {@code --qemu} of {@code run} mean: a line with the
 * kernel profile, which is {@code -} if none was asked for, and the QEMU.
 */
@Command(name = "likeness", hidden = true)
public final class LikenessCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--like")
  private @Nullable String like;

  @Option(names = "--qemu")
  private @Nullable QemuVersion qemu;

  @Option(names = "--libvirtd")
  private boolean libvirtd;

  @Override
  public Integer call() {
    QemuVersion chosen = qemu == null ? QemuVersion.DEFAULT : qemu;
    String profile = "-";
    if (like != null) {
      Likeness likeness =
          Likeness.find(like)
              .orElseThrow(
                  () ->
                      new UserError(
                          "unknown distribution '" + like + "'; known are " + Likeness.NAMES));
      profile = likeness.profile().toString();
      chosen = qemu == null ? likeness.qemu() : chosen;
      spec.commandLine().getErr().println("vfioap: " + likeness.describe(libvirtd && qemu == null));
    }
    spec.commandLine().getOut().println(profile + " " + chosen);
    return 0;
  }
}
