package org.vfioap.cli.translation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vfioap.cli.message.UserError;
import org.vfioap.qemu.client.QmpClient;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonReader;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonSyntaxException;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.translation.device.Aliases;
import org.vfioap.translation.device.DeviceArguments;
import org.vfioap.translation.device.MdevCheck;
import org.vfioap.translation.files.HostFiles;
import org.vfioap.xml.hostdev.Hostdev;
import org.vfioap.xml.verdict.LibvirtError;
import org.vfioap.xml.verdict.LibvirtRefusal;

/** A QEMU without libvirt, changed through its QMP socket after libvirt's checks of the host. */
final class SocketTarget implements GuestTarget {
  private static final String DEVICES = "/machine/peripheral";

  private final QmpClient client;
  private final boolean hmp;

  private SocketTarget(QmpClient client, boolean hmp) {
    this.client = client;
    this.hmp = hmp;
  }

  static SocketTarget connect(Path socket, boolean hmp) {
    try {
      return new SocketTarget(QmpClient.connect(socket), hmp);
    } catch (IOException e) {
      throw new UserError("no QMP monitor answers at " + socket + ": " + e.getMessage());
    }
  }

  private JsonValue execute(String name, JsonObject arguments) {
    try {
      return client.execute(name, arguments);
    } catch (QemuError error) {
      throw LibvirtRefusal.of(
          LibvirtError.INTERNAL_ERROR,
          "unable to execute QEMU command '" + name + "': " + error.text());
    } catch (IOException e) {
      throw new UserError("QEMU does not answer any more: " + e.getMessage());
    }
  }

  private void send(String qmp, String line) {
    if (hmp) {
      JsonValue answer = execute("human-monitor-command", JsonObject.of("command-line", line));
      String text = answer instanceof JsonString string ? string.text().strip() : "";
      if (!text.isEmpty()) {
        throw LibvirtRefusal.of(LibvirtError.XML_DETAIL, text);
      }
      return;
    }
    try {
      JsonObject command = (JsonObject) JsonReader.parse(qmp);
      JsonObject arguments = (JsonObject) command.get("arguments").orElseThrow();
      execute(command.text("execute").orElseThrow(), arguments);
    } catch (JsonSyntaxException e) {
      throw new IllegalStateException(qmp, e);
    }
  }

  private List<String> devices() {
    List<String> names = new ArrayList<>();
    JsonArray listed = (JsonArray) execute("qom-list", JsonObject.of("path", DEVICES));
    for (JsonValue each : listed.items()) {
      names.add(((JsonObject) each).text("name").orElse(""));
    }
    return names;
  }

  @Override
  public void attach(Hostdev hostdev) {
    MdevCheck.on(HostFiles.below(Path.of("/")), uuid -> Optional.empty()).check(hostdev);
    DeviceArguments device = DeviceArguments.of(hostdev, Aliases.next(devices()));
    send(device.toQmp(), device.toHmp());
  }

  @Override
  public void detach(Hostdev hostdev) {
    detachAlias(
        devices().stream()
            .filter(each -> pathOf(each).endsWith("/" + hostdev.uuid()))
            .findFirst()
            .orElseThrow(
                () ->
                    LibvirtRefusal.of(
                        LibvirtError.DEVICE_MISSING,
                        "mediated device '" + hostdev.uuid() + "' not found")));
  }

  /** Returns the path of a mediated device; other devices have none. */
  private String pathOf(String device) {
    try {
      JsonObject property =
          JsonObject.of("path", DEVICES + "/" + device).with("property", "sysfsdev");
      return execute("qom-get", property) instanceof JsonString string ? string.text() : "";
    } catch (LibvirtRefusal noSuchProperty) {
      return "";
    }
  }

  @Override
  public void detachAlias(String alias) {
    send(DeviceArguments.removalInQmp(alias), DeviceArguments.removalInHmp(alias));
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (IOException e) {
      throw new UserError("cannot close the monitor: " + e.getMessage());
    }
  }
}
