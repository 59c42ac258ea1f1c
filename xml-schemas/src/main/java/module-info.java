/** libvirt's XML of hostdevs, node devices and domains as Java types, with libvirt's verdicts. */
@SuppressWarnings("requires-automatic") // jing has no module of its own.
module org.vfioap.xml {
  requires static transitive org.jspecify;
  requires transitive java.xml;
  requires jakarta.xml.bind;
  requires jing;

  exports org.vfioap.xml.cpu;
  exports org.vfioap.xml.document;
  exports org.vfioap.xml.domain;
  exports org.vfioap.xml.hostdev;
  exports org.vfioap.xml.nodedev;
  exports org.vfioap.xml.verdict;
}
