package org.vfioap.qemu.guest;

import java.util.HashSet;
import java.util.Set;

/**
 * Types that live in modules of Debian's build: they exist once somebody asked for all types or for
 * a device of that type. Source: util/module.c of QEMU 7.2, and measured.
 */
public final class Modules {
  private static final Set<String> TYPES =
      Set.of(
          "chardev-braille",
          "chardev-dbus",
          "chardev-spiceport",
          "chardev-spicevmc",
          "dbus-display",
          "vhost-user-gpu",
          "vhost-user-gpu-pci",
          "virtio-gpu-ccw",
          "virtio-gpu-device",
          "virtio-gpu-gl-device",
          "virtio-gpu-gl-pci",
          "virtio-gpu-pci");

  private final Set<String> loaded = new HashSet<>();

  Modules() {}

  /** Loads all modules. */
  public void loadAll() {
    loaded.addAll(TYPES);
  }

  /** Loads the module of {@code type}, if it lives in one. */
  public void load(String type) {
    loaded.add(type);
  }

  /** Says whether {@code type} lives in a module that is not loaded. */
  public boolean isAbsent(String type) {
    return TYPES.contains(type) && !loaded.contains(type);
  }
}
