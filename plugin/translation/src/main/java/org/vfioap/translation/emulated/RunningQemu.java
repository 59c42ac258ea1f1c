package org.vfioap.translation.emulated;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;
import org.vfioap.translation.device.DeviceArguments;
import org.vfioap.xml.verdict.LibvirtError;
import org.vfioap.xml.verdict.LibvirtRefusal;

/** What libvirt says to a QEMU that runs. */
final class RunningQemu {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final QemuLauncher.Qemu qemu;

  RunningQemu(QemuLauncher.Qemu qemu) {
    this.qemu = qemu;
  }

  private JsonNode execute(String command) {
    try {
      return JSON.readTree(qemu.execute(command));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("QEMU's reply is not JSON: " + e.getOriginalMessage(), e);
    }
  }

  private void perform(String name, String command) {
    JsonNode error = execute(command).path("error");
    if (!error.isMissingNode()) {
      throw LibvirtRefusal.of(
          LibvirtError.INTERNAL_ERROR,
          "unable to execute QEMU command '" + name + "': " + error.path("desc").asText());
    }
  }

  void plug(DeviceArguments device) {
    perform("device_add", device.toQmp());
  }

  /** An unknown device is as good as unplugged. Source: qemuMonitorDelDevice of libvirt 9.0. */
  void unplug(String alias) {
    JsonNode error = execute(DeviceArguments.removalInQmp(alias)).path("error");
    if (!error.isMissingNode() && !error.path("class").asText().equals("DeviceNotFound")) {
      throw LibvirtRefusal.of(
          LibvirtError.INTERNAL_ERROR,
          "unable to execute QEMU command 'device_del': " + error.path("desc").asText());
    }
  }

  void resume() {
    perform("cont", "{\"execute\":\"cont\"}");
  }

  /** Returns the ids of the devices that are plugged. */
  Set<String> devices() {
    String list = "{\"execute\":\"qom-list\",\"arguments\":{\"path\":\"/machine/peripheral\"}}";
    Set<String> ids = new HashSet<>();
    execute(list).path("return").forEach(each -> ids.add(each.path("name").asText()));
    return ids;
  }

  String human(String line) {
    ObjectNode command = JSON.createObjectNode();
    command
        .put("execute", "human-monitor-command")
        .set("arguments", JSON.createObjectNode().put("command-line", line));
    return execute(command.toString()).path("return").asText();
  }

  String machine(String command) {
    return execute(command).toString();
  }

  void end() {
    qemu.close();
  }
}
