package org.vfioap.translation.libvirt;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.vfioap.xml.verdict.LibvirtRefusal;

/** A connection for what libvirt-java cannot do: node devices that are defined, events, aliases. */
final class NativeConnection implements AutoCloseable {
  private static final int LIFECYCLE = 0;
  private static final int DEVICE_REMOVED = 15;
  private static final int DEVICE_ADDED = 19;

  private final LibvirtCalls libvirt = LibvirtCalls.Lazy.LIBRARY;
  private final Pointer connection;
  private final List<Integer> domainEvents = new ArrayList<>();
  private final int nodeDeviceEvents;
  private final LibvirtCalls.LifecycleFunction onLifecycle;
  private final LibvirtCalls.DeviceFunction onRemoved;
  private final LibvirtCalls.DeviceFunction onAdded;
  private final LibvirtCalls.NodeDeviceFunction onNodeDevice;

  private NativeConnection(Pointer connection, EventQueue events) {
    this.connection = connection;
    onLifecycle = (c, d, event, detail, x) -> events.add(HostEvent.Lifecycle.of(name(d), event));
    onRemoved = (c, d, alias, x) -> events.add(new HostEvent.DeviceRemoved(name(d), alias));
    onAdded = (c, d, alias, x) -> events.add(new HostEvent.DeviceAdded(name(d), alias));
    onNodeDevice =
        (c, d, event, detail, x) ->
            events.add(HostEvent.NodeDeviceLifecycle.of(libvirt.virNodeDeviceGetName(d), event));
    listen(LIFECYCLE, onLifecycle);
    listen(DEVICE_REMOVED, onRemoved);
    listen(DEVICE_ADDED, onAdded);
    nodeDeviceEvents =
        libvirt.virConnectNodeDeviceEventRegisterAny(
            connection, null, LIFECYCLE, onNodeDevice, null, null);
  }

  static NativeConnection open(String uri, EventQueue events) {
    EventLoop.ensureRunning();
    LibvirtCalls libvirt = LibvirtCalls.Lazy.LIBRARY;
    return new NativeConnection(present(libvirt, libvirt.virConnectOpen(uri)), events);
  }

  private String name(Pointer domain) {
    return libvirt.virDomainGetName(domain);
  }

  private void listen(int event, com.sun.jna.Callback function) {
    domainEvents.add(
        check(
            libvirt.virConnectDomainEventRegisterAny(
                connection, null, event, function, null, null)));
  }

  private static Pointer present(LibvirtCalls libvirt, @Nullable Pointer pointer) {
    return Optional.ofNullable(pointer).orElseThrow(() -> refusal(libvirt));
  }

  private static LibvirtRefusal refusal(LibvirtCalls libvirt) {
    String text = libvirt.virGetLastErrorMessage();
    return LibvirtRefusal.ofText(text == null ? "no error" : text);
  }

  private int check(int result) {
    if (result < 0) {
      throw refusal(libvirt);
    }
    return result;
  }

  void detachAlias(String domain, String alias) {
    Pointer found = present(libvirt, libvirt.virDomainLookupByName(connection, domain));
    try {
      check(libvirt.virDomainDetachDeviceAlias(found, alias, 0));
    } finally {
      libvirt.virDomainFree(found);
    }
  }

  String defineNodeDevice(String xml) {
    Pointer device = present(libvirt, libvirt.virNodeDeviceDefineXML(connection, xml, 0));
    try {
      return libvirt.virNodeDeviceGetName(device);
    } finally {
      libvirt.virNodeDeviceFree(device);
    }
  }

  void startNodeDevice(String name) {
    withNodeDevice(name, device -> libvirt.virNodeDeviceCreate(device, 0));
  }

  void undefineNodeDevice(String name) {
    withNodeDevice(name, device -> libvirt.virNodeDeviceUndefine(device, 0));
  }

  void setAutostart(String name, boolean on) {
    withNodeDevice(name, device -> libvirt.virNodeDeviceSetAutostart(device, on ? 1 : 0));
  }

  boolean isAutostarted(String name) {
    IntByReference autostart = new IntByReference();
    withNodeDevice(name, device -> libvirt.virNodeDeviceGetAutostart(device, autostart));
    return autostart.getValue() != 0;
  }

  private void withNodeDevice(String name, ToIntFunction<Pointer> call) {
    Pointer device = present(libvirt, libvirt.virNodeDeviceLookupByName(connection, name));
    try {
      check(call.applyAsInt(device));
    } finally {
      libvirt.virNodeDeviceFree(device);
    }
  }

  /** Returns the names of all node devices, those that are only defined included. */
  List<String> nodeDevices(int flags) {
    PointerByReference list = new PointerByReference();
    int count = check(libvirt.virConnectListAllNodeDevices(connection, list, flags));
    Pointer array = list.getValue();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Pointer device = array.getPointer((long) i * Native.POINTER_SIZE);
      names.add(libvirt.virNodeDeviceGetName(device));
      libvirt.virNodeDeviceFree(device);
    }
    if (array != null) {
      Native.free(Pointer.nativeValue(array));
    }
    return names;
  }

  @Override
  public void close() {
    domainEvents.forEach(each -> libvirt.virConnectDomainEventDeregisterAny(connection, each));
    if (nodeDeviceEvents >= 0) {
      libvirt.virConnectNodeDeviceEventDeregisterAny(connection, nodeDeviceEvents);
    }
    libvirt.virConnectClose(connection);
  }
}
