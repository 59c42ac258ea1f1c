/** Files of real hosts, and of HMCs, as machine files. */
module org.vfioap.recording {
  requires transitive org.vfioap.machine;
  requires static transitive org.jspecify;
  requires java.xml;
  requires org.apache.commons.compress;
  requires org.tukaani.xz;

  exports org.vfioap.recording;
}
