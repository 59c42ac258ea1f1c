/** Recorded operations, replayed on a host. */
module org.vfioap.scenario {
  requires transitive org.vfioap.host;
  requires static transitive org.jspecify;
  requires transitive com.fasterxml.jackson.databind;

  exports org.vfioap.scenario;
}
