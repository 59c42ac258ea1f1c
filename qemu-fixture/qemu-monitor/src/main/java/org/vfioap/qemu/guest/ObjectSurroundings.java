package org.vfioap.qemu.guest;

import java.util.Optional;
import org.vfioap.qemu.json.JsonObject;

/** What objects of users can refer to. */
public interface ObjectSurroundings {
  /** Says whether the host has /dev/iommu. */
  boolean hasIommu();

  /** Says whether there is a character device of that identifier. */
  boolean hasChardev(String id);

  /** Says whether there is a network backend of that identifier. */
  boolean hasNetdev(String id);

  /** Says whether the host adds a type to those that every QEMU has. */
  default boolean offers(String type) {
    return false;
  }

  /** Returns the members of the secret of that identifier, if there is one. */
  Optional<JsonObject> secret(String id);
}
