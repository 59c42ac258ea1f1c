package org.vfioap.translation.emulated;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.translation.files.HostFiles;
import org.vfioap.translation.libvirt.HostEvent;
import org.vfioap.translation.nodedev.MdevConfiguration;
import org.vfioap.translation.nodedev.MdevWriter;
import org.vfioap.translation.nodedev.WriteRefusal;
import org.vfioap.xml.nodedev.Capability;
import org.vfioap.xml.nodedev.MdevType;
import org.vfioap.xml.nodedev.NodeDevice;
import org.vfioap.xml.verdict.LibvirtError;
import org.vfioap.xml.verdict.LibvirtRefusal;

/**
 * The node devices of an emulated host. Source: src/node_device of libvirt 9.0, and what {@code
 * virsh} answered.
 */
final class EmulatedNodeDevices {
  private static final String CARDS = "/sys/devices/ap";
  private static final String MATRIX = "/sys/devices/vfio_ap/matrix";
  private static final String TYPES = MATRIX + "/mdev_supported_types";

  private final HostFiles files;
  private final Consumer<HostEvent> events;
  private final Map<String, Definition> definitions = new TreeMap<>();

  /** A mediated device that is defined. */
  private record Definition(MdevConfiguration mdev, boolean autostart) {}

  EmulatedNodeDevices(HostFiles files, Consumer<HostEvent> events) {
    this.files = files;
    this.events = events;
  }

  private List<String> entries(String directory) {
    try {
      return files.list(directory);
    } catch (KernelRefusal absent) {
      return List.of();
    }
  }

  private Stream<String> cards() {
    return entries(CARDS).stream().filter(name -> name.matches("card[0-9a-f]{2}"));
  }

  private Stream<String> queues() {
    return cards()
        .flatMap(card -> entries(CARDS + "/" + card).stream())
        .filter(name -> name.matches("[0-9a-f]{2}\\.[0-9a-f]{4}"));
  }

  private Stream<String> activeMdevs() {
    return entries("/sys/bus/mdev/devices").stream()
        .map(uuid -> "mdev_" + uuid.replace('-', '_') + "_matrix");
  }

  List<String> list(String capability) {
    Stream<String> names =
        switch (capability) {
          case "ap_card" -> cards().map(card -> "ap_" + card);
          case "ap_queue" -> queues().map(queue -> "ap_" + queue.replace('.', '_'));
          case "ap_matrix" -> files.exists(MATRIX) ? Stream.of("ap_matrix") : Stream.of();
          case "mdev" -> Stream.concat(activeMdevs(), definitions.keySet().stream());
          default -> throw new IllegalArgumentException("unknown capability '" + capability + "'");
        };
    return names.distinct().sorted().toList();
  }

  NodeDevice find(String name) {
    Optional<Definition> definition = Optional.ofNullable(definitions.get(name));
    if (list("ap_card").contains(name)) {
      return card(name);
    }
    if (list("ap_queue").contains(name)) {
      return queue(name);
    }
    if (list("ap_matrix").contains(name)) {
      return located("computer", matrix(), name, MATRIX);
    }
    if (isActive(name)) {
      return mdev(name, definition);
    }
    return definition.map(each -> each.mdev().toNodeDevice()).orElseThrow(() -> missing(name));
  }

  private static LibvirtRefusal missing(String name) {
    return LibvirtRefusal.of(
        LibvirtError.NO_NODE_DEVICE, "no node device with matching name '" + name + "'");
  }

  private NodeDevice located(String parent, Capability capability, String name, String path) {
    String link = files.readLink(path + "/driver");
    String driver = link.substring(link.lastIndexOf('/') + 1);
    return NodeDevice.of(parent, capability).located(name, path, driver);
  }

  private NodeDevice card(String name) {
    String card = name.substring("ap_".length());
    int adapter = Integer.parseInt(card.substring("card".length()), 16);
    return located("computer", new Capability.ApCard(adapter), name, CARDS + "/" + card);
  }

  private NodeDevice queue(String name) {
    String[] numbers = name.split("_", -1);
    Capability queue =
        new Capability.ApQueue(Integer.parseInt(numbers[1], 16), Integer.parseInt(numbers[2], 16));
    String card = "card" + numbers[1];
    String path = CARDS + "/" + card + "/" + numbers[1] + "." + numbers[2];
    return located("ap_" + card, queue, name, path);
  }

  private Capability matrix() {
    List<MdevType> types = new ArrayList<>();
    for (String type : entries(TYPES)) {
      String directory = TYPES + "/" + type + "/";
      types.add(
          new MdevType(
              type,
              Optional.of(files.read(directory + "name").strip()),
              files.read(directory + "device_api").strip(),
              Long.parseLong(files.read(directory + "available_instances").strip())));
    }
    return new Capability.ApMatrix(types);
  }

  private NodeDevice mdev(String name, Optional<Definition> definition) {
    UUID uuid = uuid(name);
    String path = MATRIX + "/" + uuid;
    String group = files.readLink(path + "/iommu_group");
    Capability mdev =
        new Capability.Mdev(
            Capability.Mdev.VFIO_AP,
            Optional.of(uuid),
            Optional.of("matrix"),
            OptionalInt.of(Integer.parseInt(group.substring(group.lastIndexOf('/') + 1))),
            definition.map(each -> each.mdev().attributes()).orElse(List.of()));
    return located("ap_matrix", mdev, name, path);
  }

  private static UUID uuid(String name) {
    String[] parts = name.split("_", -1);
    return UUID.fromString(String.join("-", List.of(parts).subList(1, 6)));
  }

  private boolean isActive(String name) {
    return activeMdevs().anyMatch(name::equals);
  }

  private MdevConfiguration complete(NodeDevice device) {
    MdevConfiguration mdev = MdevConfiguration.of(device);
    if (!mdev.parent().equals("matrix") || !files.exists(MATRIX)) {
      throw LibvirtRefusal.of(
          LibvirtError.CONFIG_UNSUPPORTED,
          "invalid parent device '" + device.parent().orElse("") + "'");
    }
    return mdev.uuid().isPresent() ? mdev : mdev.withUuid(UUID.randomUUID());
  }

  private static String name(MdevConfiguration mdev) {
    return mdev.nameInLibvirt().orElseThrow();
  }

  private void tell(String name, String what) {
    events.accept(new HostEvent.NodeDeviceLifecycle(name, what));
  }

  String create(NodeDevice device) {
    MdevConfiguration mdev = complete(device);
    write(mdev, "start");
    tell(name(mdev), "Created");
    return name(mdev);
  }

  /** What mdevctl prints is not repeated word for word: the errno is. */
  private void write(MdevConfiguration mdev, String verb) {
    try {
      MdevWriter.on(files).create(mdev);
    } catch (WriteRefusal refusal) {
      throw LibvirtRefusal.of(
          LibvirtError.INTERNAL_ERROR,
          String.format(
              Locale.ROOT, "Unable to %s mediated device: %s", verb, refusal.getMessage()));
    }
  }

  String define(NodeDevice device) {
    MdevConfiguration mdev = complete(device);
    if (definitions.containsKey(name(mdev))) {
      throw LibvirtRefusal.of(
          LibvirtError.INTERNAL_ERROR,
          "Unable to define mediated device: Error: Cowardly refusing to overwrite existing config"
              + " for matrix/"
              + mdev.uuid().orElseThrow()
              + "\n");
    }
    definitions.put(name(mdev), new Definition(mdev, false));
    tell(name(mdev), "Defined");
    return name(mdev);
  }

  private Definition definition(String name) {
    Definition definition = definitions.get(name);
    if (definition == null) {
      find(name);
      throw LibvirtRefusal.of(
          LibvirtError.OPERATION_INVALID, "Node device '" + name + "' is not defined");
    }
    return definition;
  }

  void start(String name) {
    find(name);
    boolean isDefinition = definitions.containsKey(name) && !isActive(name);
    if (!isDefinition) {
      throw LibvirtRefusal.of(LibvirtError.OPERATION_INVALID, "Device is already active");
    }
    write(definition(name).mdev(), "create");
    tell(name, "Created");
  }

  void destroy(String name) {
    NodeDevice device = find(name);
    if (device.mdev().isEmpty()) {
      throw LibvirtRefusal.of(LibvirtError.CONFIG_UNSUPPORTED, "Unsupported device type");
    }
    if (!isActive(name)) {
      throw LibvirtRefusal.of(
          LibvirtError.OPERATION_INVALID, "Device '" + name + "' is not active");
    }
    MdevWriter.on(files).remove(MdevConfiguration.matrix(uuid(name), List.of()));
    tell(name, "Deleted");
  }

  void undefine(String name) {
    definition(name);
    definitions.remove(name);
    tell(name, "Undefined");
  }

  void setAutostart(String name, boolean autostart) {
    definitions.put(name, new Definition(definition(name).mdev(), autostart));
  }

  boolean isAutostarted(String name) {
    find(name);
    return definitions.containsKey(name) && definition(name).autostart();
  }
}
