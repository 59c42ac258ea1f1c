package org.vfioap.host;

import java.util.Optional;
import org.vfioap.ap.ApMatrix;
import org.vfioap.mdev.MatrixMdev;

/**
 * An mdev at one moment.
 *
 * @param uuid its name
 * @param group its IOMMU group, {@code /dev/vfio/N}
 * @param assigned what was assigned to it
 * @param guestMatrix what a guest gets or would get
 * @param guest the name of the guest that uses it
 * @param open whether a program holds it open, with or without a guest that has crypto
 * @param removing whether a removal waits for that program
 */
public record MdevState(
    String uuid,
    int group,
    ApMatrix assigned,
    ApMatrix guestMatrix,
    Optional<String> guest,
    boolean open,
    boolean removing) {

  static MdevState of(MatrixMdev mdev) {
    return new MdevState(
        mdev.uuid(),
        mdev.group(),
        mdev.assigned(),
        mdev.guestMatrix(),
        Optional.ofNullable(mdev.guest()).map(guest -> guest.name()),
        mdev.isOpen(),
        mdev.isRemoving());
  }
}
