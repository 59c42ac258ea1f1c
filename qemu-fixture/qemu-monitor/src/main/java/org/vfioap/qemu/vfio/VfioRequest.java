package org.vfioap.qemu.vfio;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a vfio-ap device is created with.
 *
 * @param id its identifier; empty if it has none
 * @param sysfsdev the path of the mdev, if it was given
 * @param iommufd whether the device goes through an iommufd object, not through its group
 * @param descriptor the number of a file descriptor that was passed, if one was
 * @param memory bytes of guest memory to map
 */
public record VfioRequest(
    String id, Optional<String> sysfsdev, boolean iommufd, OptionalInt descriptor, long memory) {}
