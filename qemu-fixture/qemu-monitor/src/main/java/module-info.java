/** Poses as qemu-system-s390x: QMP, HMP and the guest behind them. */
@SuppressWarnings("requires-automatic") // JNA has no module of its own.
module org.vfioap.qemu {
  requires transitive org.vfioap.host;
  requires static transitive org.jspecify;
  requires static transitive org.vfioap.translation;
  requires com.sun.jna;

  exports org.vfioap.launcher;
  exports org.vfioap.qemu;
  exports org.vfioap.qemu.client;
  exports org.vfioap.qemu.install;
  exports org.vfioap.qemu.json;
  exports org.vfioap.qemu.persona;
  exports org.vfioap.qemu.process;
  exports org.vfioap.qemu.qapi;
  exports org.vfioap.qemu.qdev;
  exports org.vfioap.qemu.script;
  exports org.vfioap.qemu.vfio;

  provides org.vfioap.translation.emulated.QemuLaunchers with
      org.vfioap.launcher.MonitorLaunchers;
}
