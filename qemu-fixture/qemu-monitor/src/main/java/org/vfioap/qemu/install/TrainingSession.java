package org.vfioap.qemu.install;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.vfioap.qemu.wire.LineSocket;

/**
 * A guest as libvirt starts one, and what clients usually ask it: what this loads is what the
 * archive holds.
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
          "{\"execute\": \"query-cpu-model-expansion\", \"arguments\": {\"type\": \"static\","
              + " \"model\": {\"name\": \"z14\"}}}",
          "{\"execute\": \"human-monitor-command\", \"arguments\": {\"command-line\": \"info"
              + " status\"}}",
          "{\"execute\": \"cont\"}",
          "{\"execute\": \"quit\"}");

  private final Path directory;

  TrainingSession(Path directory) {
    this.directory = directory;
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
        client.send(command + "\n");
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
