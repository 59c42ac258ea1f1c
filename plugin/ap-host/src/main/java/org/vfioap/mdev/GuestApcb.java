package org.vfioap.mdev;

import java.util.Arrays;
import org.vfioap.ap.ApMask;
import org.vfioap.ap.ApMatrix;

/**
 * The AP control block of a guest: what the machine lets it address.
 *
 * <p>Immutable; a change of the guest's resources is a new block.
 *
 * @param matrix the masks as the driver gave them
 * @param format how much of them the block can hold
 */
public record GuestApcb(ApMatrix matrix, CrycbFormat format) {
  private static final int APCB0_APM = 0x00;
  private static final int APCB0_AQM = 0x08;
  private static final int APCB0_ADM = 0x10;
  private static final int APCB1_APM = 0x80;
  private static final int APCB1_AQM = 0xa0;
  private static final int APCB1_ADM = 0xc0;

  /** Returns an empty block. */
  public static GuestApcb empty(CrycbFormat format) {
    return new GuestApcb(ApMatrix.EMPTY, format);
  }

  /** Returns the masks as far as the format holds them: what the guest can address. */
  public ApMatrix effective() {
    if (format == CrycbFormat.FORMAT2) {
      return matrix;
    }
    ApMask domains = ApMask.range(0, 15);
    return new ApMatrix(
        matrix.adapters().and(ApMask.range(0, 63)),
        matrix.domains().and(domains),
        matrix.controlDomains().and(domains));
  }

  /**
   * Returns the CRYCB that contains the block, as it stands in memory: 128 bytes in formats 0 and
   * 1, with APM, AQM and ADM at 0x00 (8 bytes), 0x08 (2) and 0x10 (2); 256 bytes in format 2, with
   * 32 bytes each at 0x80, 0xa0 and 0xc0. Key wrapping masks are zero.
   *
   * <p>Source: Linux 6.1 kvm_arch_crypto_set_masks and struct kvm_s390_crypto_cb.
   */
  public byte[] crycb() {
    byte[] block = new byte[format == CrycbFormat.FORMAT2 ? 256 : 128];
    if (format == CrycbFormat.FORMAT2) {
      put(block, APCB1_APM, matrix.adapters(), 32);
      put(block, APCB1_AQM, matrix.domains(), 32);
      put(block, APCB1_ADM, matrix.controlDomains(), 32);
    } else {
      put(block, APCB0_APM, matrix.adapters(), 8);
      put(block, APCB0_AQM, matrix.domains(), 2);
      put(block, APCB0_ADM, matrix.controlDomains(), 2);
    }
    return block;
  }

  private static void put(byte[] block, int offset, ApMask mask, int length) {
    System.arraycopy(mask.bytes(), 0, block, offset, length);
  }

  /** Returns the APCB alone: 32 bytes at 0x00 in formats 0 and 1, 128 at 0x80 in format 2. */
  public byte[] apcb() {
    return format == CrycbFormat.FORMAT2
        ? Arrays.copyOfRange(crycb(), APCB1_APM, 0x100)
        : Arrays.copyOfRange(crycb(), APCB0_APM, 0x20);
  }
}
