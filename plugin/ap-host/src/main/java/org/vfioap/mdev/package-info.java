/**
 * vfio_ap: mediated devices that carry adapters and domains into guests. Follows the document and
 * Linux 6.1 drivers/s390/crypto/vfio_ap_ops.c.
 *
 * <p>Start with {@link org.vfioap.mdev.VfioAp}, which creates, opens and removes mdevs, and {@link
 * org.vfioap.mdev.Assignment}, what happens to {@code echo 5 > assign_adapter}: reservation,
 * sharing, filtering, the guest's APCB.
 */
@NullMarked
package org.vfioap.mdev;

import org.jspecify.annotations.NullMarked;
