package org.vfioap.recording;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * A domain of libvirt that has mdevs of vfio_ap.
 *
 * @param running whether libvirt has a process of it
 */
record GuestRecord(String name, List<String> mdevs, boolean running) {
  private static final String DEFINITIONS = "etc/libvirt/qemu";
  private static final String STATES = "run/libvirt/qemu";
  private static final String XML = ".xml";

  /** Reads the domains that are defined or running, by their names. */
  static List<GuestRecord> all(HostFiles files, String root, Notes notes) {
    List<GuestRecord> guests = new ArrayList<>();
    for (String directory : List.of(STATES, DEFINITIONS)) {
      for (String file : files.list(root + directory)) {
        if (file.endsWith(XML)) {
          String path = directory + "/" + file;
          files
              .read(root + path)
              .flatMap(text -> parse(text, path, directory.equals(STATES), notes))
              .filter(guest -> guests.stream().noneMatch(g -> g.name().equals(guest.name())))
              .ifPresent(guests::add);
        }
      }
    }
    return guests;
  }

  private static Optional<GuestRecord> parse(
      String text, String path, boolean running, Notes notes) {
    try {
      Element root = document(text);
      Element domain =
          root.getTagName().equals("domain")
              ? root
              : (Element) root.getElementsByTagName("domain").item(0);
      if (domain == null) {
        return Optional.empty();
      }
      List<String> mdevs = mdevs(domain);
      String name = text(domain, "name");
      return mdevs.isEmpty()
          ? Optional.empty()
          : Optional.of(new GuestRecord(name, mdevs, running));
    } catch (SAXException | IOException | ParserConfigurationException e) {
      notes.add("/" + path + " is not XML: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** Document types are refused: they could name other files and grow without end. */
  private static Element document(String text)
      throws SAXException, IOException, ParserConfigurationException {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    var builder = factory.newDocumentBuilder();
    builder.setErrorHandler(null);
    return builder.parse(new InputSource(new StringReader(text))).getDocumentElement();
  }

  private static String text(Element parent, String tag) {
    NodeList found = parent.getElementsByTagName(tag);
    return found.getLength() == 0 ? "" : found.item(0).getTextContent().strip();
  }

  private static List<String> mdevs(Element domain) {
    List<String> mdevs = new ArrayList<>();
    NodeList devices = domain.getElementsByTagName("hostdev");
    for (int i = 0; i < devices.getLength(); i++) {
      Element device = (Element) devices.item(i);
      NodeList addresses = device.getElementsByTagName("address");
      if (device.getAttribute("type").equals("mdev")
          && device.getAttribute("model").equals("vfio-ap")
          && addresses.getLength() > 0) {
        mdevs.add(((Element) addresses.item(0)).getAttribute("uuid").toLowerCase(Locale.ROOT));
      }
    }
    return mdevs;
  }

  /**
   * Returns a domain with the same devices of vfio_ap that runs anywhere: no disks, no networks.
   */
  String definition() {
    StringBuilder xml = new StringBuilder();
    xml.append("<domain type='kvm'>\n  <name>").append(name).append("</name>\n");
    xml.append("  <memory unit='MiB'>512</memory>\n  <vcpu>1</vcpu>\n");
    xml.append("  <os><type arch='s390x' machine='s390-ccw-virtio'>hvm</type></os>\n");
    xml.append("  <devices>\n");
    for (String mdev : mdevs) {
      xml.append("    <hostdev mode='subsystem' type='mdev' model='vfio-ap'>\n      <source>");
      xml.append("<address uuid='").append(mdev).append("'/></source>\n    </hostdev>\n");
    }
    return xml.append("  </devices>\n</domain>\n").toString();
  }

  /** Tells whether a machine file can have a guest of this name. */
  boolean isNamed() {
    return name.matches("[A-Za-z0-9._-]{1,63}");
  }
}
