package org.vfioap.files;

import java.nio.file.attribute.GroupPrincipal;

/** The only user, and the only group. */
enum Root implements GroupPrincipal {
  ROOT;

  @Override
  public String getName() {
    return "root";
  }

  @Override
  public String toString() {
    return getName();
  }
}
