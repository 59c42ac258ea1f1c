package org.vfioap.qemu.vfio;

import java.util.Locale;

/** What QEMU asks of an opened group, in this order; the last also at each system reset. */
public enum VfioStep {
  /** VFIO_GROUP_GET_STATUS. */
  GROUP_STATUS,
  /** The status says that the group is viable. */
  NOT_VIABLE,
  /** Opening /dev/vfio/vfio. */
  OPEN_CONTAINER,
  /** VFIO_GET_API_VERSION. */
  API,
  /** VFIO_CHECK_EXTENSION. */
  NO_IOMMU_MODEL,
  /** VFIO_GROUP_SET_CONTAINER. */
  SET_CONTAINER,
  /** VFIO_SET_IOMMU. */
  SET_IOMMU,
  /** VFIO_IOMMU_GET_INFO. */
  IOMMU_INFO,
  /** VFIO_IOMMU_MAP_DMA of the guest's memory. */
  DMA_MAP,
  /** VFIO_GROUP_GET_DEVICE_FD. */
  GET_DEVICE,
  /** Opening /dev/iommu. */
  OPEN_IOMMU,
  /** VFIO_DEVICE_BIND_IOMMUFD. */
  BIND_IOMMUFD,
  /** IOMMU_IOAS_ALLOC. */
  IOAS_ALLOC,
  /** VFIO_DEVICE_ATTACH_IOMMUFD_PT. */
  ATTACH_IOMMUFD,
  /** IOMMU_IOAS_MAP of the guest's memory. */
  IOAS_MAP,
  /** VFIO_DEVICE_GET_INFO. */
  DEVICE_INFO,
  /** VFIO_DEVICE_RESET. */
  DEVICE_RESET;

  /** Returns the name in descriptions of faults. */
  String faultName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
