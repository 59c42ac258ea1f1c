package org.vfioap.xml.nodedev;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** What a node device is. */
public sealed interface Capability {

  /** Returns the value of the attribute {@code type}. */
  String type();

  /**
   * A mediated device.
   *
   * @param typeId the name of its type, {@code vfio_ap-passthrough}
   * @param uuid its UUID; empty to have one chosen
   * @param parentAddress the address of its parent, {@code matrix}
   * @param iommuGroup the number of its IOMMU group, while it exists
   * @param attributes what is written to it before use, in order
   */
  record Mdev(
      String typeId,
      Optional<UUID> uuid,
      Optional<String> parentAddress,
      OptionalInt iommuGroup,
      List<MdevAttribute> attributes)
      implements Capability {

    /** The type of a crypto matrix. */
    public static final String VFIO_AP = "vfio_ap-passthrough";

    /** Copies the list. */
    public Mdev {
      attributes = List.copyOf(attributes);
    }

    @Override
    public String type() {
      return "mdev";
    }
  }

  /**
   * A crypto adapter.
   *
   * @param adapter its number
   */
  record ApCard(int adapter) implements Capability {
    @Override
    public String type() {
      return "ap_card";
    }
  }

  /**
   * A queue of an adapter.
   *
   * @param adapter the adapter's number
   * @param domain the domain's number
   */
  record ApQueue(int adapter, int domain) implements Capability {
    @Override
    public String type() {
      return "ap_queue";
    }
  }

  /**
   * The parent of all crypto matrices.
   *
   * @param types which mediated devices it can have
   */
  record ApMatrix(List<MdevType> types) implements Capability {
    /** Copies the list. */
    public ApMatrix {
      types = List.copyOf(types);
    }

    @Override
    public String type() {
      return "ap_matrix";
    }
  }

  /**
   * Another device; what it has is kept in the document only.
   *
   * @param type the value of the attribute
   */
  record Other(String type) implements Capability {}
}
