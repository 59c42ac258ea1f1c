package org.vfioap.translation.libvirt;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.libvirt.Connect;
import org.libvirt.LibvirtException;
import org.vfioap.xml.document.XmlDocument;
import org.vfioap.xml.domain.Domain;
import org.vfioap.xml.hostdev.Hostdev;
import org.vfioap.xml.nodedev.NodeDevice;
import org.vfioap.xml.verdict.LibvirtRefusal;

/** A running libvirtd, through libvirt-java and, where that has no call, through JNA. */
public final class LiveLibvirt implements LibvirtHost {
  /** Flags of virConnectListAllNodeDevices. */
  private static final Map<String, Integer> CAPABILITIES =
      Map.of("mdev", 1 << 14, "ap_card", 1 << 18, "ap_queue", 1 << 19, "ap_matrix", 1 << 20);

  private static final int INACTIVE = 1 << 30;
  private static final int ACTIVE = 1 << 31;
  private static final int DUMP_INACTIVE = 2;

  private final Connect connect;
  private final NativeConnection connection;
  private final EventQueue events;

  private LiveLibvirt(Connect connect, NativeConnection connection, EventQueue events) {
    this.connect = connect;
    this.connection = connection;
    this.events = events;
  }

  /** A call of libvirt-java. */
  private interface Call<T> {
    T make() throws LibvirtException;
  }

  private static <T> T call(Call<T> call) {
    try {
      return call.make();
    } catch (LibvirtException e) {
      throw LibvirtRefusal.ofText(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Connects to libvirt.
   *
   * @param uri {@code qemu:///system}, or {@code qemu+unix:///system?socket=FILE} for a private one
   * @throws LibvirtRefusal if there is none, or it does not let us in
   * @throws UnsatisfiedLinkError if libvirt's library is not installed
   */
  public static LiveLibvirt connect(String uri) {
    EventQueue events = new EventQueue();
    NativeConnection connection = NativeConnection.open(uri, events);
    try {
      return new LiveLibvirt(call(() -> new Connect(uri)), connection, events);
    } catch (LibvirtRefusal refusal) {
      connection.close();
      throw refusal;
    }
  }

  /** Calls something with a domain. */
  private interface DomainCall<T> {
    T make(org.libvirt.Domain domain) throws LibvirtException;
  }

  private <T> T with(String domain, DomainCall<T> call) {
    return call(
        () -> {
          org.libvirt.Domain found = connect.domainLookupByName(domain);
          try {
            return call.make(found);
          } finally {
            found.free();
          }
        });
  }

  @Override
  public void define(Domain domain) {
    call(() -> connect.domainDefineXML(domain.print()).free());
  }

  @Override
  public void undefine(String domain) {
    with(
        domain,
        found -> {
          found.undefine();
          return 0;
        });
  }

  @Override
  public void start(String domain) {
    with(domain, org.libvirt.Domain::create);
  }

  @Override
  public void stop(String domain) {
    with(
        domain,
        found -> {
          found.destroy();
          return 0;
        });
  }

  @Override
  public List<DomainStatus> domains() {
    return call(
        () -> {
          Stream<DomainStatus> defined =
              Arrays.stream(connect.listDefinedDomains())
                  .map(name -> new DomainStatus(name, false));
          Stream.Builder<DomainStatus> running = Stream.builder();
          for (int id : connect.listDomains()) {
            running.add(new DomainStatus(connect.domainLookupByID(id).getName(), true));
          }
          return Stream.concat(defined, running.build())
              .sorted(java.util.Comparator.comparing(DomainStatus::name))
              .toList();
        });
  }

  @Override
  public Domain dump(String domain, DeviceScope scope) {
    int flags = scope == DeviceScope.CONFIG ? DUMP_INACTIVE : 0;
    String xml = with(domain, found -> found.getXMLDesc(flags));
    return Domain.parse(XmlDocument.parse(xml, domain));
  }

  @Override
  public void attach(String domain, Hostdev hostdev, Set<DeviceScope> scopes) {
    with(
        domain,
        found -> {
          found.attachDeviceFlags(hostdev.print(), DeviceScope.flags(scopes));
          return 0;
        });
  }

  @Override
  public void detach(String domain, Hostdev hostdev, Set<DeviceScope> scopes) {
    with(
        domain,
        found -> {
          found.detachDeviceFlags(hostdev.print(), DeviceScope.flags(scopes));
          return 0;
        });
  }

  @Override
  public void detachAlias(String domain, String alias) {
    connection.detachAlias(domain, alias);
  }

  @Override
  public String monitor(String domain, String command, MonitorLanguage language) {
    return with(domain, found -> found.qemuMonitorCommand(command, language.flag()));
  }

  @Override
  public List<String> nodeDevices(String capability) {
    Integer flag = CAPABILITIES.get(capability);
    if (flag == null) {
      throw new IllegalArgumentException(
          "unknown capability '" + capability + "'; known are " + CAPABILITIES.keySet());
    }
    return connection.nodeDevices(flag | INACTIVE | ACTIVE).stream().sorted().toList();
  }

  @Override
  public NodeDevice nodeDevice(String name) {
    String xml = call(() -> connect.deviceLookupByName(name).getXMLDescription());
    return NodeDevice.parse(XmlDocument.parse(xml, name));
  }

  @Override
  public String createNodeDevice(NodeDevice device) {
    return call(() -> connect.deviceCreateXML(device.print()).getName());
  }

  @Override
  public String defineNodeDevice(NodeDevice device) {
    return connection.defineNodeDevice(device.print());
  }

  @Override
  public void startNodeDevice(String name) {
    connection.startNodeDevice(name);
  }

  @Override
  public void destroyNodeDevice(String name) {
    call(() -> connect.deviceLookupByName(name).destroy());
  }

  @Override
  public void undefineNodeDevice(String name) {
    connection.undefineNodeDevice(name);
  }

  @Override
  public void setAutostart(String nodeDevice, boolean autostart) {
    connection.setAutostart(nodeDevice, autostart);
  }

  @Override
  public boolean isAutostarted(String nodeDevice) {
    return connection.isAutostarted(nodeDevice);
  }

  @Override
  public Optional<HostEvent> awaitEvent(Predicate<HostEvent> wanted, Duration atMost) {
    return events.await(wanted, atMost);
  }

  @Override
  public void close() {
    try {
      call(connect::close);
    } finally {
      connection.close();
    }
  }
}
