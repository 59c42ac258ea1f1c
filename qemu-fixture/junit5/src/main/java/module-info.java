/** One annotation, and the code under test meets a Z host with crypto adapters. */
module org.vfioap.junit {
  requires transitive org.vfioap.machine;
  requires transitive org.vfioap.qemu;
  requires transitive org.junit.jupiter.api;
  requires static transitive org.jspecify;
  requires static org.vfioap.mount;
  requires static org.vfioap.translation;
  requires static transitive org.assertj.core;

  exports org.vfioap.junit;
  exports org.vfioap.junit.assertions;

  opens org.vfioap.junit to
      org.junit.platform.commons;
}
