package org.vfioap.qemu.process;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.network.BackendHost;
import org.vfioap.qemu.network.BackendRules;
import org.vfioap.qemu.options.KeyvalParser;
import org.vfioap.qemu.options.OptionString;
import org.vfioap.qemu.options.OptionsReader;
import org.vfioap.qemu.qapi.CommandSchema;
import org.vfioap.qemu.qapi.QemuError;

/**
 * The networks of the command line. Source: net/net.c (net_init_clients, netdev_parse_modern) of
 * QEMU 7.2.
 */
final class NetworkOptions {
  private static final String COMMAND = "netdev_add";
  private static final Set<String> MODERN = Set.of("stream", "dgram");

  /** What is said of the device on a network in the same option. */
  private static final Set<String> OF_DEVICES =
      Set.of("type", "id", "model", "mac", "macaddr", "name", "addr", "vectors", "netdev");

  private final CommandLine line;
  private final Console console;
  private final Set<String> chardevs;
  private final Set<String> known = new HashSet<>();

  NetworkOptions(CommandLine line, Console console, Set<String> chardevs) {
    this.line = line;
    this.console = console;
    this.chardevs = chardevs;
  }

  /** Reads and checks those of {@code -netdev}: first the modern ones. */
  List<JsonObject> read() throws Exit {
    List<JsonObject> all = new ArrayList<>();
    for (boolean modern : new boolean[] {true, false}) {
      for (CommandLine.Option option : line.all("netdev")) {
        if (isModern(option.value()) == modern) {
          all.add(read(option));
        }
      }
    }
    for (String name : new String[] {"nic", "net"}) {
      for (CommandLine.Option option : line.all(name)) {
        checkOther(option);
      }
    }
    return all;
  }

  static boolean isModern(String text) {
    return text.startsWith("{")
        || MODERN.contains(OptionString.parse(text, "type").get("type").orElse(""));
  }

  private JsonObject read(CommandLine.Option option) throws Exit {
    try {
      JsonObject members = members(option.value());
      String id = members.text("id").orElse("");
      BackendRules.check(members, new Host());
      known.add(id);
      return members;
    } catch (QemuError refused) {
      throw failure(option, refused);
    }
  }

  private Exit failure(CommandLine.Option option, QemuError refused) {
    return line.failure(option.location() + ": " + refused.text() + "\n" + refused.hint());
  }

  private static JsonObject members(String text) throws QemuError, Exit {
    CommandSchema schema = CommandSchema.recorded();
    if (text.startsWith("{")) {
      JsonObject members = OptionPass.json(text);
      schema.check(COMMAND, members);
      return members;
    }
    OptionString options = OptionString.parse(text, "type");
    if (HelpTexts.isHelp(options.get("type").orElse(""))) {
      throw Exit.printing(HelpTexts.text("-netdev help"));
    }
    if (isModern(text)) {
      JsonObject members = KeyvalParser.parse(text, "type");
      schema.checkTexts(COMMAND, members);
      return members;
    }
    return OptionsReader.read(schema, COMMAND, options);
  }

  /** Returns what QEMU warns about the hub that all of {@code -net} are on. */
  static List<String> warnings(CommandLine line) {
    boolean device = false;
    boolean host = false;
    for (CommandLine.Option option : line.all("net")) {
      OptionString options = OptionString.parse(option.value(), "type");
      String type = options.get("type").orElse("");
      device |= type.equals("nic") && options.get("netdev").isEmpty();
      host |= !type.equals("nic") && !type.equals("none");
    }
    if (host == device) {
      return List.of();
    }
    return List.of(host ? "hub 0 with no nics" : "hub 0 is not connected to host network");
  }

  /**
   * Those of {@code -nic} and {@code -net} only have to be well-formed: nothing is made of them.
   */
  private void checkOther(CommandLine.Option option) throws Exit {
    OptionString options = OptionString.parse(option.value(), "type");
    Optional<String> model = options.get("model");
    if (HelpTexts.isHelp(model.orElse(""))) {
      throw Exit.printing("Supported NIC models:\nvirtio\n");
    }
    Optional<String> mac = options.get(option.name().equals("nic") ? "mac" : "macaddr");
    try {
      checkKind(option.name(), options);
      if (mac.isPresent() && !mac.get().matches("[0-9a-fA-F]{1,2}([:-][0-9a-fA-F]{1,2}){5}")) {
        throw QemuError.generic("invalid syntax for ethernet address");
      }
    } catch (QemuError refused) {
      throw failure(option, refused);
    }
    if (model.isPresent() && !model.get().equals("virtio")) {
      throw line.failure("Unsupported NIC model: " + model.get() + "\n");
    }
  }

  private void checkKind(String option, OptionString options) throws QemuError {
    String type = options.get("type").orElse("user");
    String peer = options.get("netdev").orElse("");
    if (type.equals("nic") && !peer.isEmpty() && !known.contains(peer)) {
      throw QemuError.generic("netdev '" + peer + "' not found");
    }
    if (type.equals("none") || (type.equals("nic") && option.equals("net"))) {
      return;
    }
    if (type.equals("hubport") && option.equals("net")) {
      throw QemuError.generic("network backend 'hubport' is only supported with -netdev/-nic");
    }
    StringBuilder rest = new StringBuilder("type=" + type + ",id=n");
    for (OptionString.Entry each : options.entries()) {
      if (!OF_DEVICES.contains(each.key())) {
        rest.append(',').append(each.key()).append('=').append(each.value().replace(",", ",,"));
      }
    }
    JsonObject members =
        OptionsReader.read(
            CommandSchema.recorded(), COMMAND, OptionString.parse(rest.toString(), ""));
    if (!members.has("fd")) {
      BackendRules.check(members, new Host());
    }
  }

  /** What there is while the command line is read. */
  private final class Host implements BackendHost {
    @Override
    public boolean hasChardev(String id) {
      return chardevs.contains(id);
    }

    @Override
    public boolean hasNetdev(String id) {
      return known.contains(id);
    }

    @Override
    public int descriptor(String text) throws QemuError {
      if (!text.matches("\\d{1,9}")) {
        throw QemuError.generic("Invalid file descriptor number '" + text + "'");
      }
      return Integer.parseInt(text);
    }

    @Override
    public void print(String text) {
      console.print(text);
    }
  }
}
