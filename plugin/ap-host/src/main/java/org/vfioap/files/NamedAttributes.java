package org.vfioap.files;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Attributes that are asked for by name, {@code unix:mode,nlink}. */
final class NamedAttributes {
  private static final Set<String> VIEWS = Set.of("basic", "owner", "posix", "unix");

  private NamedAttributes() {}

  /** Returns what is asked for; the errors are those of the JDK. */
  static Map<String, Object> read(NodeAttributes attributes, String names) {
    int colon = names.indexOf(':');
    String view = colon < 0 ? "basic" : names.substring(0, colon);
    if (!VIEWS.contains(view)) {
      throw new UnsupportedOperationException("View '" + view + "' not available");
    }
    Map<String, Object> all = attributes.of(view);
    Map<String, Object> chosen = new LinkedHashMap<>();
    for (String name : names.substring(colon + 1).split(",", -1)) {
      if (name.equals("*")) {
        return all;
      }
      Object value = all.get(name);
      if (value == null) {
        throw new IllegalArgumentException("'" + name + "' not recognized");
      }
      chosen.put(name, value);
    }
    return chosen;
  }
}
