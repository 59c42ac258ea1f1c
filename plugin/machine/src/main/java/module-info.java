/** Machines that are described in YAML, and presets. */
module org.vfioap.machine {
  requires transitive org.vfioap.host;
  requires static transitive org.jspecify;
  requires org.snakeyaml.engine.v2;

  exports org.vfioap.machine;
}
