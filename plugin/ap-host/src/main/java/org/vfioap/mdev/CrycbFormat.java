package org.vfioap.mdev;

/**
 * The format of a guest's CRYCB, which tells how many bits its masks have.
 *
 * <p>Source: Linux 6.1 arch/s390/include/asm/kvm_host.h and kvm-s390.c.
 */
public enum CrycbFormat {
  /** APCB with 64 adapters and 16 domains; no key wrapping. */
  FORMAT0,
  /** The same with key wrapping. */
  FORMAT1,
  /** Extended addressing: 256 adapters and 256 domains. */
  FORMAT2
}
