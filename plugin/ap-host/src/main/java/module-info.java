/** The emulated machine: AP hardware, AP bus, vfio_ap and guests. It needs the JDK only. */
module org.vfioap.host {
  requires static transitive org.jspecify;

  exports org.vfioap.ap;
  exports org.vfioap.bus;
  exports org.vfioap.files;
  exports org.vfioap.host;
  exports org.vfioap.kernel;
  exports org.vfioap.mdev;
  exports org.vfioap.sysfs;
}
