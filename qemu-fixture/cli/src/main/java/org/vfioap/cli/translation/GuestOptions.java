package org.vfioap.cli.translation;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.vfioap.cli.message.UserError;
import org.vfioap.translation.libvirt.DeviceScope;
import org.vfioap.translation.libvirt.LibvirtHost;
import org.vfioap.translation.libvirt.LiveLibvirt;
import org.vfioap.xml.verdict.LibvirtRefusal;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which guest a command changes, and how. */
final class GuestOptions {
  @Parameters(
      index = "0",
      paramLabel = "GUEST",
      description = "A domain of libvirt, or the path of the QMP socket of a QEMU without libvirt.")
  private String guest;

  @Option(names = "--live", description = "The running guest.")
  private boolean live;

  @Option(names = "--config", description = "The guest from its next start on.")
  private boolean config;

  @Option(names = "--persistent", description = "Both, if it runs; or else from its next start on.")
  private boolean persistent;

  @Option(names = "--current", description = "The guest as it is now: the default.")
  private boolean current;

  @Option(names = "--hmp", description = "Sends a line to QEMU's human monitor instead.")
  private boolean hmp;

  @Option(
      names = {"-c", "--connect"},
      paramLabel = "URI",
      description = "libvirt's URI. Default: LIBVIRT_DEFAULT_URI, or else qemu:///system.")
  private @Nullable String uri;

  /**
   * Changes the guest and prints what {@code virsh} would.
   *
   * @return the exit status
   */
  int change(CommandSpec spec, Consumer<GuestTarget> change, String done) {
    if (current && (live || config || persistent)) {
      throw new UserError("--current cannot go with --live, --config or --persistent");
    }
    try (GuestTarget target = target()) {
      change.accept(target);
    } catch (LibvirtRefusal refusal) {
      spec.commandLine().getErr().println("error: " + refusal.getMessage());
      return 1;
    }
    spec.commandLine().getOut().println(done);
    return 0;
  }

  private GuestTarget target() {
    if (guest.contains("/")) {
      if (config || persistent) {
        throw new UserError("a QEMU without libvirt has no definition: leave --config out");
      }
      return SocketTarget.connect(Path.of(guest), hmp);
    }
    LibvirtHost libvirt = connect();
    return hmp
        ? new LibvirtMonitorTarget(libvirt, guest)
        : new LibvirtTarget(libvirt, guest, scopes(libvirt));
  }

  private LibvirtHost connect() {
    String variable = System.getenv("LIBVIRT_DEFAULT_URI");
    String fallback = variable == null || variable.isEmpty() ? "qemu:///system" : variable;
    try {
      return LiveLibvirt.connect(uri == null ? fallback : uri);
    } catch (UnsatisfiedLinkError e) {
      throw new UserError(
          "libvirt is not installed: apt-get install libvirt0, or name the QMP socket of a QEMU as"
              + " GUEST");
    }
  }

  private Set<DeviceScope> scopes(LibvirtHost libvirt) {
    Set<DeviceScope> scopes = EnumSet.noneOf(DeviceScope.class);
    if (live || (persistent && isRunning(libvirt))) {
      scopes.add(DeviceScope.LIVE);
    }
    if (config || persistent) {
      scopes.add(DeviceScope.CONFIG);
    }
    return scopes;
  }

  private boolean isRunning(LibvirtHost libvirt) {
    return libvirt.domains().stream().anyMatch(each -> each.name().equals(guest) && each.running());
  }
}
