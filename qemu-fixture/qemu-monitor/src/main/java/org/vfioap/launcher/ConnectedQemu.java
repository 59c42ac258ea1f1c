package org.vfioap.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.vfioap.qemu.QemuMonitor;
import org.vfioap.qemu.client.QmpClient;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonReader;
import org.vfioap.qemu.json.JsonSyntaxException;
import org.vfioap.qemu.process.EndedEarly;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.vfio.EmulatedHost;
import org.vfioap.translation.emulated.QemuEnded;
import org.vfioap.translation.emulated.QemuLauncher;

/** A QEMU in this process and libvirt's connection to its monitor. */
record ConnectedQemu(QemuMonitor monitor, QmpClient client) implements QemuLauncher.Qemu {

  static ConnectedQemu start(EmulatedHost host, List<String> arguments) throws QemuEnded {
    try {
      QemuMonitor monitor = QemuMonitor.start(host, arguments.toArray(String[]::new));
      return new ConnectedQemu(monitor, monitor.connect());
    } catch (EndedEarly ended) {
      throw new QemuEnded(ended.err());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String execute(String command) {
    try {
      JsonObject parsed = (JsonObject) JsonReader.parse(command);
      JsonObject arguments = (JsonObject) parsed.get("arguments").orElseGet(JsonObject::empty);
      String name = parsed.text("execute").orElseThrow();
      return JsonObject.of("return", client.execute(name, arguments)).toJson();
    } catch (QemuError error) {
      return JsonObject.of("error", error.toJson()).toJson();
    } catch (JsonSyntaxException e) {
      throw new IllegalArgumentException(command, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try (monitor;
        client) {
      // Both end here.
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }
}
