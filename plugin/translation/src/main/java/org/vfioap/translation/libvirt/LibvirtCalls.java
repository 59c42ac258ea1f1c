package org.vfioap.translation.libvirt;

import com.sun.jna.Callback;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import org.jspecify.annotations.Nullable;

/**
 * The functions of libvirt.so.0 that libvirt-java 0.5.4 lacks, and what they need. Names are
 * libvirt's, see libvirt-nodedev.h, libvirt-domain.h, libvirt-event.h.
 */
interface LibvirtCalls extends Library {

  /** The library, loaded when it is needed. */
  final class Lazy {
    static final LibvirtCalls LIBRARY = Native.load("virt", LibvirtCalls.class);

    private Lazy() {}
  }

  /** What libvirt calls for an error; it would print it otherwise. */
  interface ErrorFunction extends Callback {
    void error(@Nullable Pointer data, Pointer error);
  }

  /** What libvirt calls for a timer. */
  interface TimeoutFunction extends Callback {
    void timeout(int timer, @Nullable Pointer data);
  }

  /** What libvirt calls for a change of a domain's state. */
  interface LifecycleFunction extends Callback {
    void event(Pointer connection, Pointer domain, int event, int detail, @Nullable Pointer data);
  }

  /** What libvirt calls for a device of a domain. */
  interface DeviceFunction extends Callback {
    void event(Pointer connection, Pointer domain, String alias, @Nullable Pointer data);
  }

  /** What libvirt calls for a node device. */
  interface NodeDeviceFunction extends Callback {
    void event(Pointer connection, Pointer device, int event, int detail, @Nullable Pointer data);
  }

  void virSetErrorFunc(@Nullable Pointer data, ErrorFunction function);

  @Nullable String virGetLastErrorMessage();

  int virEventRegisterDefaultImpl();

  int virEventRunDefaultImpl();

  int virEventAddTimeout(
      int milliseconds, TimeoutFunction function, @Nullable Pointer data, @Nullable Pointer free);

  @Nullable Pointer virConnectOpen(String uri);

  int virConnectClose(Pointer connection);

  int virConnectDomainEventRegisterAny(
      Pointer connection,
      @Nullable Pointer domain,
      int event,
      Callback function,
      @Nullable Pointer data,
      @Nullable Pointer free);

  int virConnectDomainEventDeregisterAny(Pointer connection, int callback);

  int virConnectNodeDeviceEventRegisterAny(
      Pointer connection,
      @Nullable Pointer device,
      int event,
      Callback function,
      @Nullable Pointer data,
      @Nullable Pointer free);

  int virConnectNodeDeviceEventDeregisterAny(Pointer connection, int callback);

  String virDomainGetName(Pointer domain);

  @Nullable Pointer virDomainLookupByName(Pointer connection, String name);

  int virDomainDetachDeviceAlias(Pointer domain, String alias, int flags);

  int virDomainFree(Pointer domain);

  int virConnectListAllNodeDevices(Pointer connection, PointerByReference devices, int flags);

  @Nullable Pointer virNodeDeviceLookupByName(Pointer connection, String name);

  @Nullable Pointer virNodeDeviceDefineXML(Pointer connection, String xml, int flags);

  String virNodeDeviceGetName(Pointer device);

  int virNodeDeviceCreate(Pointer device, int flags);

  int virNodeDeviceUndefine(Pointer device, int flags);

  int virNodeDeviceSetAutostart(Pointer device, int autostart);

  int virNodeDeviceGetAutostart(Pointer device, IntByReference autostart);

  int virNodeDeviceFree(Pointer device);
}
