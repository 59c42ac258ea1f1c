package org.vfioap.qemu.install;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.vfioap.qemu.persona.QemuVersion;
import org.vfioap.qemu.wire.LineSocket;

/**
 * A guest as libvirt starts one, and what libvirt and other clients usually ask it: what this loads
 * is what the archive holds.
 *
 * <p>This computer, as an emulator under TCG sees it, has no AP bus; on a described host a device
 * is plugged. Only both together load what either needs.
 */
final class TrainingSession {
  private static final int PATIENCE_MILLIS = 10;
  private static final List<String> COMMANDS =
      List.of(
          "{\"execute\": \"qmp_capabilities\"}",
          "{\"execute\": \"query-status\"}",
          "{\"execute\": \"nosuch\"}",
          "{\"execute\": ]",
          "{\"execute\": \"query-version\"}",
          "{\"execute\": \"query-chardev\"}",
          "{\"execute\": \"query-cpus-fast\"}",
          "{\"execute\": \"qom-list\", \"arguments\": {\"path\": \"/machine\"}}",
          "{\"execute\": \"qom-list-types\"}",
          "{\"execute\": \"device_add\", \"arguments\": {\"driver\": \"virtio-rng-ccw\", \"id\":"
              + " \"r\"}}",
          "{\"execute\": \"device_del\", \"arguments\": {\"id\": \"r\"}}",
          "{\"execute\": \"device_add\", \"arguments\": {\"driver\": \"vfio-ap\", \"id\": \"a\"}}",
          "{\"execute\": \"device_add\", \"arguments\": {\"driver\": \"vfio-ap\", \"id\":"
              + " \"hostdev0\", \"sysfsdev\": \"%s\"}}",
          "{\"execute\": \"qom-list\", \"arguments\": {\"path\": \"/machine/peripheral\"}}",
          "{\"execute\": \"device_del\", \"arguments\": {\"id\": \"hostdev0\"}}",
          "{\"execute\": \"query-migrate-capabilities\"}",
          "{\"execute\": \"migrate-set-capabilities\", \"arguments\": {\"capabilities\":"
              + " [{\"capability\": \"events\", \"state\": true}]}}",
          "{\"execute\": \"query-hotpluggable-cpus\"}",
          "{\"execute\": \"query-iothreads\"}",
          "{\"execute\": \"balloon\", \"arguments\": {\"value\": 67108864}}",
          "{\"execute\": \"query-balloon\"}",
          "{\"execute\": \"query-named-block-nodes\", \"arguments\": {\"flat\": true}}",
          "{\"execute\": \"query-block\"}",
          "{\"execute\": \"query-cpu-model-expansion\", \"arguments\": {\"type\": \"static\","
              + " \"model\": {\"name\": \"z14\"}}}",
          "{\"execute\": \"human-monitor-command\", \"arguments\": {\"command-line\": \"info"
              + " status\"}}",
          "{\"execute\": \"cont\"}",
          "{\"execute\": \"quit\"}");

  private final Path directory;
  private final boolean described;
  private final QemuVersion version;

  private TrainingSession(Path directory, boolean described, QemuVersion version) {
    this.directory = directory;
    this.described = described;
    this.version = version;
  }

  /** Returns a session on this computer, whose files go to {@code directory}. */
  static TrainingSession onThisComputer(Path directory) {
    return new TrainingSession(directory, false, QemuVersion.V7_2);
  }

  /**
   * Returns a session of the newest QEMU on a host with a device; files go to {@code directory}.
   */
  static TrainingSession onDescribedHost(Path directory) {
    return new TrainingSession(directory, true, QemuVersion.V11_1);
  }

  private Path device() {
    return directory.resolve("device");
  }

  /** Returns the environment variables that the guest needs. */
  Map<String, String> environment() {
    String name = version.toString();
    return described
        ? Map.of(
            "FIXTURE_QEMU",
            name,
            "FIXTURE_HOST",
            "{\"mdevs\": [{\"path\": \"%s\", \"iommu_group\": \"0\"}], \"groups\": [0], \"irqs\": 2}"
                .formatted(device()))
        : Map.of("FIXTURE_QEMU", name);
  }

  private Path socket() {
    return directory.resolve("qmp");
  }

  /** Returns the arguments of the guest. */
  List<String> arguments() {
    return List.of(
        "-name",
        "guest=training,debug-threads=on",
        "-S",
        "-machine",
        "s390-ccw-virtio,usb=off,memory-backend=s390.ram",
        "-accel",
        "tcg",
        "-cpu",
        "max,ri=off",
        "-m",
        "64",
        "-object",
        "{\"qom-type\":\"memory-backend-ram\",\"id\":\"s390.ram\",\"size\":67108864}",
        "-smp",
        "2,sockets=2,cores=1,threads=1",
        "-uuid",
        "00000000-0000-4000-8000-000000000000",
        "-display",
        "none",
        "-no-user-config",
        "-nodefaults",
        "-chardev",
        "socket,id=charmonitor,path=" + socket() + ",server=on,wait=off",
        "-mon",
        "chardev=charmonitor,id=monitor,mode=control",
        "-rtc",
        "base=utc",
        "-no-shutdown",
        "-boot",
        "strict=on",
        "-device",
        "virtio-rng-ccw,id=rng0",
        "-device",
        "virtio-balloon-ccw,id=balloon0",
        "-blockdev",
        "{\"driver\":\"host_device\",\"filename\":\"/dev/null\",\"node-name\":\"disk\",\"read-only\":true}",
        "-device",
        "virtio-blk-ccw,drive=disk,id=disk0",
        "-pidfile",
        directory.resolve("pid").toString(),
        "-monitor",
        "unix:" + directory.resolve("hmp") + ",server=on,wait=off",
        "-sandbox",
        "off",
        "-msg",
        "timestamp=on");
  }

  /** Talks to {@code emulator}, which ends then. */
  void talk(Process emulator) throws IOException, InterruptedException {
    try (LineSocket client = connect(emulator)) {
      client.receive();
      for (String command : COMMANDS) {
        client.send(command.replace("%s", device().toString()) + "\n");
        String answer = client.receive();
        while (answer.startsWith("{\"timestamp\"")) {
          answer = client.receive();
        }
      }
    }
  }

  private LineSocket connect(Process emulator) throws IOException, InterruptedException {
    while (true) {
      try {
        return LineSocket.connect(socket());
      } catch (IOException notYet) {
        if (emulator.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
          throw new IOException("the emulator ended with " + emulator.exitValue(), notYet);
        }
      }
    }
  }
}
