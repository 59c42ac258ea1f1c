package org.vfioap.translation.libvirt;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.vfioap.xml.domain.Domain;
import org.vfioap.xml.hostdev.Hostdev;
import org.vfioap.xml.nodedev.NodeDevice;
import org.vfioap.xml.verdict.LibvirtRefusal;

/**
 * What people do with libvirt and crypto matrices.
 *
 * <p>Every method throws {@link LibvirtRefusal} with libvirt's text where {@code virsh} would print
 * an error.
 */
public interface LibvirtHost extends AutoCloseable {

  /** Defines a domain, or changes the definition of one. */
  void define(Domain domain);

  /** Removes the definition of a domain. */
  void undefine(String domain);

  /** Starts a domain. */
  void start(String domain);

  /** Ends a domain at once, as pulling the plug: {@code virsh destroy}. */
  void stop(String domain);

  /** Returns all domains, sorted by name. */
  List<DomainStatus> domains();

  /**
   * Returns what libvirt knows of a domain: {@code virsh dumpxml}.
   *
   * @param scope the running domain, or its definition; of a domain that does not run both are the
   *     definition
   */
  Domain dump(String domain, DeviceScope scope);

  /**
   * Gives a domain a device.
   *
   * @param scopes where; nowhere named is the running domain if it runs, or else its definition
   */
  void attach(String domain, Hostdev hostdev, Set<DeviceScope> scopes);

  /** Takes a device from a domain, found by its UUID; returns when it is gone. */
  void detach(String domain, Hostdev hostdev, Set<DeviceScope> scopes);

  /** Asks a running domain to give back the device with this alias; an event says when it did. */
  void detachAlias(String domain, String alias);

  /** Sends a command to QEMU's monitor and returns the answer. */
  String monitor(String domain, String command, MonitorLanguage language);

  /**
   * Returns the names of node devices, sorted.
   *
   * @param capability {@code ap_card}, {@code ap_queue}, {@code ap_matrix} or {@code mdev}; of
   *     mdevs those that are only defined, too
   */
  List<String> nodeDevices(String capability);

  /** Returns a node device. */
  NodeDevice nodeDevice(String name);

  /** Creates a mediated device that is gone after a reboot; returns its name. */
  String createNodeDevice(NodeDevice device);

  /** Defines a mediated device without creating it; returns its name. */
  String defineNodeDevice(NodeDevice device);

  /** Creates a mediated device that is defined. */
  void startNodeDevice(String name);

  /** Removes a mediated device; a definition stays. */
  void destroyNodeDevice(String name);

  /** Removes the definition of a mediated device. */
  void undefineNodeDevice(String name);

  /** Sets whether a mediated device that is defined is created at boot. */
  void setAutostart(String nodeDevice, boolean autostart);

  /** Tells whether a mediated device is created at boot. */
  boolean isAutostarted(String nodeDevice);

  /**
   * Waits for an event that came since this object was made and was not returned yet.
   *
   * @return empty if none came in time
   */
  Optional<HostEvent> awaitEvent(Predicate<HostEvent> wanted, Duration atMost);

  /** Lets go of libvirt; domains go on. */
  @Override
  void close();
}
