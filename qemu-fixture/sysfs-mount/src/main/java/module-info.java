/** A machine's /sys as files for real programs, and machines in processes of their own. */
@SuppressWarnings("requires-automatic") // JNA has no module of its own.
module org.vfioap.mount {
  requires transitive org.vfioap.machine;
  requires static transitive org.jspecify;
  requires com.fasterxml.jackson.core;
  requires com.sun.jna;

  exports org.vfioap.doctor;
  exports org.vfioap.export;
  exports org.vfioap.fuse;
  exports org.vfioap.mount;
  exports org.vfioap.place;
  exports org.vfioap.vm;
}
