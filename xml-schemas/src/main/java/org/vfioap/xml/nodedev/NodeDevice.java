package org.vfioap.xml.nodedev;

import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlRootElement;
import jakarta.xml.bind.annotation.XmlType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vfioap.xml.binding.Binding;
import org.vfioap.xml.document.Indentation;
import org.vfioap.xml.document.XmlDocument;
import org.vfioap.xml.document.XmlElement;
import org.vfioap.xml.verdict.LibvirtRefusal;

/**
 * A node device: {@code <device>}. Immutable.
 *
 * <p>{@link #print} gives what {@code virsh nodedev-dumpxml} shows of our kinds. Source:
 * src/conf/node_device_conf.c of libvirt 9.0.
 */
@XmlRootElement(name = "device")
@XmlAccessorType(XmlAccessType.FIELD)
@XmlType(propOrder = {"name", "path", "parent", "driver", "capability"})
public final class NodeDevice {
  private @Nullable String name;
  private @Nullable String path;
  private @Nullable String parent;
  private @Nullable Driver driver;
  private @Nullable CapabilityParts capability;

  private NodeDevice() {}

  /** {@code <driver>}. */
  @XmlAccessorType(XmlAccessType.FIELD)
  static final class Driver {
    @Nullable String name;
  }

  /** JAXB is slow to start, so it starts when it is needed. */
  private static final class Lazy {
    static final Binding<NodeDevice> BINDING = Binding.of(NodeDevice.class);
  }

  /** Returns a device that has a parent and a capability. */
  public static NodeDevice of(String parent, Capability capability) {
    NodeDevice device = new NodeDevice();
    device.parent = parent;
    device.capability = CapabilityMapping.write(capability);
    return device;
  }

  /**
   * Reads a document.
   *
   * @throws LibvirtRefusal if libvirt would refuse it
   */
  public static NodeDevice parse(XmlDocument document) {
    NodeDeviceRules.check(document.root());
    return Lazy.BINDING.read(NodeDeviceRules.withoutRest(document.root()));
  }

  /** Returns libvirt's name of the device: {@code ap_05_0004}, {@code mdev_…_matrix}. */
  public Optional<String> name() {
    return given(name);
  }

  private static Optional<String> given(@Nullable String text) {
    return Optional.ofNullable(text).filter(each -> !each.isEmpty());
  }

  /** Returns the device's directory below {@code /sys/devices}. */
  public Optional<String> path() {
    return given(path);
  }

  /** Returns libvirt's name of the parent: {@code ap_matrix}. */
  public Optional<String> parent() {
    return given(parent);
  }

  /** Returns the name of the driver. */
  public Optional<String> driver() {
    return driver == null ? Optional.empty() : given(driver.name);
  }

  /** Returns what the device is: the first capability. */
  public Capability capability() {
    return CapabilityMapping.read(Optional.ofNullable(capability).orElseThrow());
  }

  /** Returns what the device is, if it is a mediated device. */
  public Optional<Capability.Mdev> mdev() {
    return capability() instanceof Capability.Mdev mdev ? Optional.of(mdev) : Optional.empty();
  }

  /** Returns the same device with another name, path and driver. */
  public NodeDevice located(String newName, String newPath, String driverName) {
    NodeDevice device = new NodeDevice();
    device.name = newName;
    device.path = newPath;
    device.parent = parent;
    device.driver = new Driver();
    device.driver.name = driverName;
    device.capability = capability;
    return device;
  }

  /** Returns the device as an element without white space. */
  public XmlElement toElement() {
    return Lazy.BINDING.write(this);
  }

  /** Returns the device as a document in libvirt's style. */
  public String print() {
    return XmlDocument.of(Indentation.of(toElement())).print();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof NodeDevice device && toElement().equals(device.toElement());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  @Override
  public String toString() {
    return toElement().toString();
  }
}
