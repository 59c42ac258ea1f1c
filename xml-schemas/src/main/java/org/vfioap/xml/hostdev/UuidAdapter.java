package org.vfioap.xml.hostdev;

import jakarta.xml.bind.annotation.adapters.XmlAdapter;
import java.util.UUID;

/** UUIDs in XML: read as libvirt does, written in lower case. */
final class UuidAdapter extends XmlAdapter<String, UUID> {
  @Override
  public UUID unmarshal(String text) {
    return UuidText.read(text)
        .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is no UUID"));
  }

  @Override
  public String marshal(UUID uuid) {
    return uuid.toString();
  }
}
