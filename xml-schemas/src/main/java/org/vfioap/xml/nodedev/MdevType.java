package org.vfioap.xml.nodedev;

import java.util.Optional;

/**
 * A kind of mediated device that a parent can have.
 *
 * @param id its name, {@code vfio_ap-passthrough}
 * @param name for people
 * @param deviceApi {@code vfio-ap}
 * @param availableInstances how many more can be created
 */
public record MdevType(
    String id, Optional<String> name, String deviceApi, long availableInstances) {}
