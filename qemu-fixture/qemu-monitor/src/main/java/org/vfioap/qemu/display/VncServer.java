package org.vfioap.qemu.display;

import java.util.ArrayList;
import java.util.List;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonBool;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonValue;

/**
 * One VNC server.
 *
 * @param auth how clients say who they are: {@code none}, {@code vnc} (a password), {@code sasl}
 * @param listeners in the order in which they were opened, those for browsers last
 */
record VncServer(String id, String auth, List<VncListener> listeners) {

  /** Source: qmp_query_vnc in ui/vnc.c of QEMU 7.2. */
  JsonObject summary() {
    if (listeners.isEmpty()) {
      return JsonObject.of("enabled", JsonBool.of(false));
    }
    JsonObject first = listeners.get(0).described();
    return JsonObject.of("enabled", JsonBool.of(true))
        .with("auth", auth)
        .with("family", first.get("family").orElseThrow())
        .with("clients", JsonArray.EMPTY)
        .with("service", first.get("service").orElseThrow())
        .with("host", first.get("host").orElseThrow());
  }

  /** Source: qmp_query_vnc_servers, which puts each socket before those that it has. */
  JsonObject described() {
    List<JsonValue> sockets = new ArrayList<>();
    for (VncListener each : listeners) {
      JsonObject socket = each.described();
      sockets.add(
          0,
          JsonObject.of("auth", auth)
              .with("family", socket.get("family").orElseThrow())
              .with("service", socket.get("service").orElseThrow())
              .with("host", socket.get("host").orElseThrow())
              .with("websocket", each.websocket()));
    }
    return JsonObject.of("auth", auth)
        .with("clients", JsonArray.EMPTY)
        .with("server", new JsonArray(sockets))
        .with("id", id);
  }

  /** Source: hmp_info_vnc in monitor/hmp-cmds.c of QEMU 7.2. */
  String printed() {
    String line = "Auth: " + auth + " (Sub: none)\n";
    StringBuilder text = new StringBuilder(id + ":\n");
    for (int i = listeners.size() - 1; i >= 0; i--) {
      text.append(listeners.get(i).printed()).append("    ").append(line);
    }
    return text.append(listeners.isEmpty() ? "  " + line : "").toString();
  }
}
