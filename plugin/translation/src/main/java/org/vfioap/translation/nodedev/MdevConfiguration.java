package org.vfioap.translation.nodedev;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.vfioap.translation.files.SysfsWrite;
import org.vfioap.xml.nodedev.Capability;
import org.vfioap.xml.nodedev.MdevAttribute;
import org.vfioap.xml.nodedev.NodeDevice;
import org.vfioap.xml.verdict.LibvirtError;
import org.vfioap.xml.verdict.LibvirtRefusal;

/**
 * A mediated device to be: its parent, type and attributes. Immutable.
 *
 * <p>Source: src/node_device/node_device_driver.c of libvirt 9.0; mdevctl 1.2.
 *
 * @param parent the parent's name in /sys: {@code matrix}
 * @param type the name of the type: {@code vfio_ap-passthrough}
 * @param uuid its UUID; empty to have one chosen
 * @param autostart whether it is started when the parent appears
 * @param attributes what is written to its files, in order
 */
public record MdevConfiguration(
    String parent,
    String type,
    Optional<UUID> uuid,
    boolean autostart,
    List<MdevAttribute> attributes) {
  private static final String MATRIX = "matrix";
  private static final String NAME_IN_LIBVIRT = "ap_matrix";

  /** Copies the list, and refuses names that would lead to files elsewhere. */
  public MdevConfiguration {
    attributes = List.copyOf(attributes);
    requireName(parent);
    requireName(type);
    attributes.forEach(each -> requireName(each.name()));
  }

  private static void requireName(String name) {
    if (!name.matches("[A-Za-z0-9_:-][A-Za-z0-9_.:-]*")) {
      throw LibvirtRefusal.of(
          LibvirtError.CONFIG_UNSUPPORTED, "'" + name + "' is no name of a file in /sys");
    }
  }

  /** Returns a crypto matrix. */
  public static MdevConfiguration matrix(UUID uuid, List<MdevAttribute> attributes) {
    return new MdevConfiguration(
        MATRIX, Capability.Mdev.VFIO_AP, Optional.of(uuid), false, attributes);
  }

  /**
   * Returns what a node device describes.
   *
   * @throws LibvirtRefusal in libvirt's words if it has no parent or is no mediated device
   */
  public static MdevConfiguration of(NodeDevice device) {
    Capability.Mdev mdev =
        device
            .mdev()
            .orElseThrow(
                () ->
                    LibvirtRefusal.of(LibvirtError.CONFIG_UNSUPPORTED, "Unsupported device type"));
    String parent =
        device
            .parent()
            .orElseThrow(
                () ->
                    LibvirtRefusal.of(LibvirtError.CONFIG_UNSUPPORTED, "missing parent device")
                        .withHint("a crypto matrix has <parent>ap_matrix</parent>"));
    String address = parent.equals(NAME_IN_LIBVIRT) ? MATRIX : parent;
    return new MdevConfiguration(address, mdev.typeId(), mdev.uuid(), false, mdev.attributes());
  }

  /** Returns the node device to write in libvirt for it. */
  public NodeDevice toNodeDevice() {
    Capability.Mdev mdev =
        new Capability.Mdev(type, uuid, Optional.empty(), OptionalInt.empty(), attributes);
    return NodeDevice.of(parent.equals(MATRIX) ? NAME_IN_LIBVIRT : parent, mdev);
  }

  /** Returns the name that libvirt gives the device; empty without a UUID. */
  public Optional<String> nameInLibvirt() {
    return uuid.map(id -> "mdev_" + id.toString().replace('-', '_') + "_" + parent);
  }

  /**
   * Reads what {@code mdevctl list --dumpjson} prints or {@code mdevctl define --jsonfile} takes.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public static List<MdevConfiguration> fromJson(String json) {
    return MdevctlJson.read(json);
  }

  /** Returns the JSON that {@code mdevctl define --jsonfile} takes, in one line as libvirt does. */
  public String toJson() {
    return MdevctlJson.write(this);
  }

  /** Returns the same device with a UUID. */
  public MdevConfiguration withUuid(UUID newUuid) {
    return named(parent, newUuid);
  }

  MdevConfiguration named(String newParent, UUID newUuid) {
    return new MdevConfiguration(newParent, type, Optional.of(newUuid), autostart, attributes);
  }

  private UUID name() {
    return uuid.orElseThrow(
        () -> new IllegalArgumentException("the mediated device has no UUID yet"));
  }

  /** Returns the device's directory. */
  public String directory() {
    return "/sys/devices/vfio_ap/" + parent + "/" + name();
  }

  /** Returns the write that creates it. */
  public SysfsWrite creation() {
    return new SysfsWrite(
        "/sys/class/mdev_bus/" + parent + "/mdev_supported_types/" + type + "/create",
        name().toString());
  }

  /** Returns the write that removes it. */
  public SysfsWrite removal() {
    return new SysfsWrite("/sys/bus/mdev/devices/" + name() + "/remove", "1");
  }

  /** Returns all writes that create and fill it, in order. */
  public List<SysfsWrite> writes() {
    List<SysfsWrite> writes = new ArrayList<>(List.of(creation()));
    writes.addAll(attributeWrites());
    return writes;
  }

  /** Returns the writes that fill it, in order. */
  public List<SysfsWrite> attributeWrites() {
    String directory = "/sys/bus/mdev/devices/" + name() + "/";
    return attributes.stream()
        .map(each -> new SysfsWrite(directory + each.name(), each.value()))
        .toList();
  }
}
