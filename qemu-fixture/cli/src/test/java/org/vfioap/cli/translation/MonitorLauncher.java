package org.vfioap.cli.translation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.vfioap.host.ApHost;
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

/** Emulated QEMUs in this process. */
final class MonitorLauncher implements QemuLauncher {
  private final ApHost host;

  MonitorLauncher(ApHost host) {
    this.host = host;
  }

  @Override
  public Qemu start(String guest, List<String> arguments) throws QemuEnded {
    try {
      QemuMonitor monitor =
          QemuMonitor.start(EmulatedHost.of(host, guest), arguments.toArray(String[]::new));
      return new Connected(monitor, monitor.connect());
    } catch (EndedEarly ended) {
      throw new QemuEnded(ended.err());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A monitor and the only client that it has. */
  private record Connected(QemuMonitor monitor, QmpClient client) implements Qemu {
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
        client.execute("query-status");
      } catch (IOException | QemuError gone) {
        throw new IllegalStateException(gone);
      }
    }
  }
}
