package org.vfioap.qemu.display;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.options.OptionString;
import org.vfioap.qemu.qapi.QemuError;

/**
 * The VNC servers of a guest. They listen, so that addresses in use are refused and a client finds
 * a server; there is no screen to show, so that it is let go at once. Source: ui/vnc.c of QEMU 7.2,
 * and measured.
 */
public final class VncServers {
  private final List<VncServer> servers = new ArrayList<>();
  private final List<ServerSocketChannel> channels = new ArrayList<>();
  private final Surroundings surroundings;

  /**
   * What options name.
   *
   * @param hasSecret whether there is a secret of that name
   * @param hasScreen whether there is a device of that identifier that has a screen
   * @param hasAudio whether there is an audio back end of that name
   * @param say prints a line on standard output
   */
  public record Surroundings(
      Predicate<String> hasSecret,
      Predicate<String> hasScreen,
      Predicate<String> hasAudio,
      Consumer<String> say) {}

  /** Starts without a server. */
  public VncServers(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /**
   * Opens what one option describes, whose address stands under {@code vnc}.
   *
   * @throws QemuError if something that it names does not exist or cannot be listened on
   */
  public void open(String id, OptionString options) throws QemuError {
    String display = options.get("vnc").orElse("").replaceFirst("^vnc=", "");
    boolean listens = !display.isEmpty() && !display.equals("none");
    List<VncAddress> addresses = new ArrayList<>();
    if (listens) {
      addresses.add(VncAddress.of(display, options));
      if (options.get("websocket").isPresent() && !options.get("websocket").get().equals("off")) {
        addresses.add(addresses.get(0).forBrowsers(options.get("websocket").get()));
      }
    }
    check(options);
    List<VncListener> listeners = new ArrayList<>();
    for (VncAddress each : addresses) {
      listeners.addAll(each.open(channels));
    }
    if (options.get("to").isPresent() && !listeners.isEmpty()) {
      VncListener first = listeners.get(0);
      surroundings.say().accept("VNC server running on " + first.host() + ":" + first.service());
    }
    servers.add(new VncServer(id, auth(options), List.copyOf(listeners)));
  }

  /** Lets clients in, now that every server could be opened. */
  public void serve() {
    channels.forEach(VncListener::dismissClients);
  }

  /** The order is that of vnc_display_open. */
  private void check(OptionString options) throws QemuError {
    if (options.isOn("reverse", false)) {
      throw QemuError.generic("there is no screen that could be shown to a listening viewer");
    }
    Optional<String> secret = options.get("password-secret");
    QemuError.require(
        secret.isEmpty() || surroundings.hasSecret().test(secret.get()),
        "No secret with id '" + secret.orElse("") + "'");
    Optional<String> credentials = options.get("tls-creds");
    QemuError.require(
        credentials.isEmpty(), "No TLS credentials with id '" + credentials.orElse("") + "'");
    String share = options.get("share").orElse("ignore");
    QemuError.require(
        List.of("ignore", "allow-exclusive", "force-shared").contains(share),
        "unknown vnc share= option");
    Optional<String> audio = options.get("audiodev");
    QemuError.require(
        audio.isEmpty() || surroundings.hasAudio().test(audio.get()),
        "Audiodev '" + audio.orElse("") + "' not found");
    Optional<String> device = options.get("display");
    if (device.isPresent() && !surroundings.hasScreen().test(device.get())) {
      throw QemuError.generic("Device '" + device.get() + "' not found");
    }
  }

  private static String auth(OptionString options) {
    if (options.isOn("password", false) || options.get("password-secret").isPresent()) {
      return "vnc";
    }
    return options.isOn("sasl", false) ? "sasl" : "none";
  }

  /** Answers query-vnc: the first server. */
  public JsonObject summary() {
    return servers.get(0).summary();
  }

  /** Answers query-vnc-servers: the last one comes first. */
  public JsonArray described() {
    List<JsonValue> all = new ArrayList<>();
    servers.forEach(each -> all.add(0, each.described()));
    return new JsonArray(all);
  }

  /** Returns what {@code info vnc} prints. */
  public String printed() {
    StringBuilder text = new StringBuilder();
    servers.forEach(each -> text.insert(0, each.printed()));
    return text.toString();
  }

  /**
   * Sets the password of a server.
   *
   * @param id the first server if empty
   * @throws QemuError if there is no such server, or clients of it need no password
   */
  public void setPassword(Optional<String> id) throws QemuError {
    VncServer server = find(id).orElseThrow(() -> QemuError.generic("Could not set password"));
    if (!server.auth().equals("vnc")) {
      throw QemuError.generic("Could not set password");
    }
  }

  /**
   * Sets when the password of a server expires.
   *
   * @param id the first server if empty
   * @throws QemuError if there is no such server
   */
  public void expirePassword(Optional<String> id) throws QemuError {
    QemuError.require(find(id).isPresent(), "Could not set password expire time");
  }

  /** Says whether there is such a server; the first one if {@code id} is empty. */
  public boolean has(Optional<String> id) {
    return find(id).isPresent();
  }

  private Optional<VncServer> find(Optional<String> id) {
    return servers.stream().filter(each -> id.isEmpty() || each.id().equals(id.get())).findFirst();
  }

  /** Stops listening; the files of sockets go, too. */
  public void close() {
    close(channels);
    for (VncServer server : servers) {
      server.listeners().forEach(VncListener::removeFile);
    }
  }

  static void close(List<ServerSocketChannel> channels) {
    for (ServerSocketChannel each : channels) {
      try {
        each.close();
      } catch (IOException gone) {
        // It was never used.
      }
    }
  }
}
