/**
 * libvirt's XML as QEMU's arguments, mdevctl's JSON and writes to /sys, and back; libvirt itself.
 */
@SuppressWarnings("requires-automatic") // JNA and libvirt-java have no modules of their own.
module org.vfioap.translation {
  requires transitive org.vfioap.host;
  requires transitive org.vfioap.xml;
  requires static transitive org.jspecify;
  requires com.fasterxml.jackson.databind;
  requires com.sun.jna;
  requires libvirt;

  exports org.vfioap.translation.cpu;
  exports org.vfioap.translation.device;
  exports org.vfioap.translation.emulated;
  exports org.vfioap.translation.explain;
  exports org.vfioap.translation.files;
  exports org.vfioap.translation.libvirt;
  exports org.vfioap.translation.nodedev;
  exports org.vfioap.translation.plan;

  opens org.vfioap.translation.libvirt to
      com.sun.jna;

  uses org.vfioap.translation.emulated.QemuLaunchers;
}
