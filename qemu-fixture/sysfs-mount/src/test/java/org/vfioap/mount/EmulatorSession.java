package org.vfioap.mount;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vfioap.host.ApHost;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.lab.Namespace;
import org.vfioap.machine.Machine;
import org.vfioap.mdev.CpuFeature;
import org.vfioap.qemu.QemuMain;
import org.vfioap.vm.VirtualMachine;

/**
 * An emulated QEMU whose /sys and /dev are a mounted machine: prints what becomes of the machine
 * while a device is plugged, reset and unplugged, and when the process is killed.
 */
final class EmulatorSession {
  private static final String UUID = "62177883-f1bb-47f0-914d-32a22e3a8804";
  private static final String MATRIX = "/sys/devices/vfio_ap/matrix/";
  private static final String MDEV = MATRIX + UUID;
  private static final String ADD =
      "{'execute':'device_add','arguments':{'driver':'vfio-ap','id':'h0','sysfsdev':'"
          + MDEV
          + "'}}";

  /** The machine's files stand where QEMU looks for them; the JVM needs some real devices. */
  private static final String PLACE =
      "set -e; mount --bind $1/sys /sys; mkdir real new; mount --rbind /dev real; mount -t tmpfs x new;"
          + " for d in null zero random urandom; do touch new/$d; mount --bind real/$d new/$d; done;"
          + " touch new/kvm; mkdir new/vfio; mount --bind $1/dev/kvm new/kvm; mount --bind"
          + " $1/dev/vfio new/vfio; mount --rbind new /dev; shift; exec \"$@\"";

  private final ApHost host;
  private final MachineMount mount;
  private final Process qemu;
  private final BufferedReader replies;
  private final BufferedWriter commands;

  private EmulatorSession(ApHost host, MachineMount mount) throws IOException {
    this.host = host;
    this.mount = mount;
    String[] command = {
      "unshare",
      "-m",
      "--propagation",
      "private",
      "bash",
      "-c",
      PLACE,
      "bash",
      mount.directory().toString(),
      "java",
      Namespace.NATIVE_ACCESS,
      "-XX:TieredStopAtLevel=1",
      "-cp",
      System.getProperty("java.class.path"),
      QemuMain.class.getName(),
      "qemu-system-s390x",
      "-name",
      "guest=a guest",
      "-machine",
      "s390-ccw-virtio",
      "-accel",
      "kvm",
      "-cpu",
      "host,ap=on,apft=on,apqci=on,apqi=off",
      "-display",
      "none",
      "-nodefaults",
      "-qmp",
      "stdio"
    };
    qemu = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    replies = qemu.inputReader();
    commands = qemu.outputWriter();
  }

  public static void main(String[] arguments) throws Exception {
    ApHost host = Machine.preset("document").boot();
    host.sysfs().write("/sys/bus/ap/apmask", "-5,-6");
    host.sysfs().write(MATRIX + "mdev_supported_types/vfio_ap-passthrough/create", UUID);
    host.sysfs().write(MDEV + "/assign_adapter", "5");
    host.sysfs().write(MDEV + "/assign_domain", "4");
    Path directory = Files.createDirectory(Path.of("mounted").toAbsolutePath());
    try (MachineMount mount = MachineMount.mount(host, directory)) {
      new EmulatorSession(host, mount).run();
    }
  }

  private void run() throws Exception {
    try (commands;
        replies) {
      ask("{'execute':'qmp_capabilities'}");
      VirtualMachine machine = guests().get(0);
      boolean same = machine.pid() == qemu.pid();
      System.out.println("machine " + machine + " " + labels(machine) + " " + same);
      ask(ADD);
      tell("plugged", machine);
      System.out.println("removal " + errnoOfRemoval());
      ApHost before = machine.inside();
      ask("{'execute':'system_reset'}");
      System.out.println("booted anew " + (machine.inside() != before));
      tell("reset", machine);
      ask("{'execute':'device_del','arguments':{'id':'h0'}}");
      awaitCloses();
      tell("unplugged", machine);
      ask(ADD);
      tell("plugged", machine);
      qemu.destroyForcibly().waitFor();
      awaitCloses();
      System.out.println("killed " + host.mdevs().get(0).open() + guests());
    }
  }

  /** Opening a file that the same thread answers comes behind what the kernel closes. */
  private void awaitCloses() throws IOException {
    Files.readString(mount.sys().resolve("bus/ap/apmask"));
  }

  private List<VirtualMachine> guests() {
    List<VirtualMachine> guests = new ArrayList<>();
    mount.forEachGuest((path, guest) -> guests.add(guest));
    return guests;
  }

  private static List<String> labels(VirtualMachine machine) {
    return machine.features().stream().map(CpuFeature::label).sorted().toList();
  }

  private String errnoOfRemoval() {
    try {
      host.sysfs().write(MDEV + "/remove", "1");
      return "done";
    } catch (KernelRefusal refusal) {
      return refusal.errno().name();
    }
  }

  private void tell(String what, VirtualMachine machine) {
    String seen = machine.inside().sysfs().read("/sys/bus/ap/ap_adapter_mask");
    System.out.println(
        what
            + " "
            + machine.mdevs().size()
            + " "
            + host.mdevs().get(0).guest().orElse("nobody")
            + " sees "
            + seen.substring(0, 6)
            + (machine.inside().sysfs().exists("/sys/devices/ap/card05/05.0004")
                ? " 05.0004"
                : ""));
  }

  private void ask(String command) throws IOException {
    commands.write(command + "\n");
    commands.flush();
    String line = replies.readLine();
    while (line == null || !line.contains("\"return\"")) {
      if (line == null) {
        throw new IOException("QEMU ended while " + command + " was done");
      }
      if (line.contains("\"error\"")) {
        throw new IOException(line);
      }
      line = replies.readLine();
    }
  }
}
