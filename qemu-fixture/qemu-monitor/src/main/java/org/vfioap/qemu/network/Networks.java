package org.vfioap.qemu.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.options.Identifiers;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qdev.Board;
import org.vfioap.qemu.qdev.NetworkDevice;

/**
 * The networks of a guest: back ends, and the devices on them, in the order in which they came.
 * Source: net/net.c and net/hub.c of QEMU 7.2.
 */
public final class Networks {
  private static final String KIND = "netdev";

  private final Board board;
  private final List<NetClient> clients = new ArrayList<>();
  private final Set<String> options = new HashSet<>();

  private Networks(Board board) {
    this.board = board;
  }

  /** Returns the networks of the devices on {@code board}. */
  public static Networks of(Board board) {
    return new Networks(board);
  }

  /**
   * Adds a back end whose members fit the schema.
   *
   * @param asOption whether it is kept as an option, as all are that do not come over QMP
   * @throws QemuError if it cannot come to be
   */
  public void add(JsonObject members, BackendHost host, boolean asOption) throws QemuError {
    String id = members.text("id").orElse("");
    Identifiers.check(id);
    if (find(id).isPresent()) {
      throw QemuError.generic("Duplicate ID '" + id + "'");
    }
    String description = BackendRules.check(members, host);
    clients.add(
        NetClient.backend(
            id,
            members.text("type").orElse(""),
            description,
            members.get("hubid").orElse(null) instanceof JsonNumber.Signed hub
                ? (int) hub.value()
                : NetClient.NO_HUB,
            members.text("netdev").orElse("")));
    board.addBackend(KIND, id);
    members.text("netdev").ifPresent(peer -> board.takeBackend(KIND, peer));
    if (asOption) {
      options.add(id);
    }
  }

  /** Says whether a back end is kept as an option. */
  public boolean isOption(String id) {
    return options.contains(id);
  }

  /**
   * Deletes a back end; a device on it stays.
   *
   * @throws QemuError if there is none of that identifier
   */
  public void delete(String id) throws QemuError {
    Optional<NetClient> client = find(id).filter(each -> !each.isDevice());
    if (client.isEmpty()) {
      throw QemuError.deviceNotFound(id);
    }
    clients.remove(client.get());
    board.removeBackend(KIND, id);
    options.remove(id);
  }

  /**
   * Checks that there is a back end or device of that name.
   *
   * @throws QemuError if there is none
   */
  public void check(String name) throws QemuError {
    if (find(name).isEmpty()) {
      throw QemuError.deviceNotFound(name);
    }
  }

  /** Returns the names of all that is there, or of the back ends that are options. */
  public List<String> names(boolean optionsOnly) {
    return current().stream()
        .map(NetClient::name)
        .filter(name -> !optionsOnly || options.contains(name))
        .toList();
  }

  private Optional<NetClient> find(String name) {
    return current().stream().filter(client -> client.name().equals(name)).findFirst();
  }

  /** Brings the devices up to date: those that are gone leave, new ones come last. */
  private List<NetClient> current() {
    List<NetworkDevice> now = board.networkDevices();
    clients.removeIf(client -> client.isDevice() && now.stream().noneMatch(client::isOf));
    for (NetworkDevice device : now) {
      if (clients.stream().noneMatch(client -> client.isOf(device))) {
        clients.add(client(device));
      }
    }
    return clients;
  }

  private NetClient client(NetworkDevice device) {
    long before = clients.stream().filter(each -> each.isOfModel(device.model())).count();
    NetClient client = NetClient.device(device, before);
    return clients.stream()
        .filter(each -> !each.isDevice() && each.name().equals(device.netdev()))
        .findFirst()
        .map(client::on)
        .orElse(client);
  }

  /** Prints {@code info network}. */
  public String print() {
    List<NetClient> all = current();
    StringBuilder text = new StringBuilder();
    TreeMap<Integer, List<NetClient>> hubs = new TreeMap<>();
    for (NetClient client : all) {
      if (client.hub() != NetClient.NO_HUB) {
        hubs.computeIfAbsent(client.hub(), hub -> new ArrayList<>()).add(0, client);
      }
    }
    hubs.forEach((hub, ports) -> printHub(hub, ports, text));
    for (NetClient client : all) {
      if (!isInHub(client)) {
        print(client, text);
      }
    }
    return text.toString();
  }

  private void printHub(int hub, List<NetClient> ports, StringBuilder text) {
    text.append("hub ").append(hub).append('\n');
    for (NetClient port : ports) {
      text.append(" \\ ").append(port.name());
      String peer = peerOf(port).map(each -> ": " + each.line()).orElse("\n");
      text.append(peer);
    }
  }

  /** Returns what sits on the other side of a back end. */
  private Optional<NetClient> peerOf(NetClient backend) {
    return clients.stream()
        .filter(
            each ->
                backend.peer().isEmpty()
                    ? each.peer().equals(backend.name())
                    : each.name().equals(backend.peer()))
        .findFirst();
  }

  private boolean isInHub(NetClient client) {
    if (client.hub() != NetClient.NO_HUB) {
      return true;
    }
    if (client.isDevice()) {
      return client.network().filter(each -> each.hub() != NetClient.NO_HUB).isPresent();
    }
    return peerOf(client).filter(each -> each.hub() != NetClient.NO_HUB).isPresent();
  }

  private void print(NetClient client, StringBuilder text) {
    if (client.isDevice()) {
      text.append(client.line());
      client.network().ifPresent(each -> text.append(" \\ ").append(each.line()));
    } else if (peerOf(client).isEmpty()) {
      text.append(client.line());
    }
  }

  /** Prints {@code info usernet}; nothing is ever connected. */
  public String printConnections() {
    StringBuilder text = new StringBuilder();
    for (NetClient client : current()) {
      if (client.type().equals("user")) {
        int hub = peerOf(client).map(NetClient::hub).orElse(NetClient.NO_HUB);
        text.append("Hub ").append(hub).append(" (").append(client.name()).append("):\n");
        text.append("  Protocol[State]    FD  Source Address  Port   ");
        text.append("Dest. Address  Port RecvQ SendQ\n");
      }
    }
    return text.toString();
  }

  /**
   * Returns why ports cannot be forwarded: into the network of that name, or into the first there
   * is.
   */
  public Optional<String> userRefusal(Optional<String> id) {
    if (id.isEmpty()) {
      boolean some = current().stream().anyMatch(each -> each.type().equals("user"));
      return some ? Optional.empty() : Optional.of("user mode network stack not in use");
    }
    Optional<NetClient> client = find(id.get()).filter(each -> !each.isDevice());
    if (client.isEmpty()) {
      return Optional.of("unrecognized netdev id '" + id.get() + "'");
    }
    boolean user = client.get().type().equals("user");
    return user ? Optional.empty() : Optional.of("invalid device specified");
  }

  /** Returns what QEMU warns about once all devices are there. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    List<NetClient> lonely = new ArrayList<>(current());
    lonely.removeIf(client -> client.isDevice() || peerOf(client).isPresent());
    List<NetClient> ports = new ArrayList<>(lonely);
    ports.removeIf(client -> client.hub() == NetClient.NO_HUB);
    Collections.reverse(ports);
    ports.forEach(port -> warnings.add("hub port " + port.name() + " has no peer"));
    lonely.forEach(client -> warnings.add("netdev " + client.name() + " has no peer"));
    return warnings;
  }
}
