package org.vfioap.cli.mounting;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.vfioap.host.ApHost;
import org.vfioap.machine.Machine;
import org.vfioap.mount.MachineMount;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Mounts a machine's files on a directory until it is interrupted. */
@Command(
    name = "mount",
    mixinStandardHelpOptions = true,
    header = "Mounts a machine's files on a directory, without namespaces.",
    description = {
      "For computers where 'vfioap run' is not possible. DIR then has the folders sys (the"
          + " machine's /sys), dev (kvm and vfio) and guests; programs must be told to look there."
          + " Root mounts it for everybody, any other user for himself, with fusermount3.",
      "",
      "It runs until Ctrl-C, SIGTERM or 'vfioap umount DIR', and then the machine is gone. What an"
          + " earlier run left on DIR when it was killed is cleaned away."
    })
public final class MountCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "DIR", description = "An existing directory.")
  private Path directory;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "MACHINE",
      defaultValue = "z16",
      description = "A machine file or a preset (see 'vfioap machine list'). Default: z16.")
  private String machine;

  @Override
  public Integer call() throws InterruptedException {
    ApHost host = Machine.find(machine).boot();
    Path absolute = directory.toAbsolutePath().normalize();
    try (MachineMount mount = MachineMount.mount(host, absolute)) {
      Runtime.getRuntime().addShutdownHook(new Thread(mount::close, "unmount"));
      explain(mount, spec.commandLine().getOut());
      mount.awaitEnd();
    }
    return 0;
  }

  private void explain(MachineMount mount, PrintWriter out) {
    out.println(machine + " is mounted on " + mount.directory() + "; Ctrl-C unmounts it.");
    out.println();
    out.println("  cat " + mount.sys() + "/bus/ap/bindings");
    out.println("  SYSFS_ROOT=" + mount.sys() + " lszcrypt -V     # s390-tools");
    out.println("  MDEVCTL_ENV_ROOT=ROOT mdevctl types     # mdevctl 1.3 or newer; before that:");
    out.println("  mkdir -p ROOT/etc/mdevctl.d && ln -s " + mount.sys() + " ROOT/sys");
    out.flush();
  }
}
