package org.vfioap.processor;

import org.vfioap.ap.ApInstructions;
import org.vfioap.ap.ResponseCode;

/**
 * The AP queue status word: the state of a queue, and a response code.
 *
 * <p>Source: Linux 6.12 arch/s390/include/asm/ap.h, struct ap_queue_status, and
 * drivers/s390/crypto/ap_bus.h, AP_RESPONSE_*.
 */
final class StatusWord {
  static final int INVALID_ADDRESS = 0x06;
  static final int OTHERWISE_CHANGED = 0x07;
  static final int QUEUE_FULL = 0x10;
  static final int NO_PENDING_REPLY = 0x10;
  static final int NO_FIRST_PART = 0x13;
  static final int MESSAGE_TOO_BIG = 0x15;
  static final int FACILITY_NOT_INSTALLED = 0x16;

  private static final long EMPTY = 0x8000_0000L;
  private static final long WAITING = 0x4000_0000L;
  private static final long FULL = 0x2000_0000L;
  private static final long INTERRUPTS = 0x0100_0000L;

  private StatusWord() {}

  /** Returns the word of a queue that is not usable: nothing is known but the reason. */
  static long of(ResponseCode code) {
    return (long) code.number() << 16;
  }

  /** Returns the word of a queue that is usable. */
  static long of(ApInstructions hardware, int adapter, int domain, int code) {
    int waiting = hardware.messages().waiting(adapter, domain);
    return (waiting == 0 ? EMPTY : WAITING)
        | (hardware.messages().isFull(adapter, domain) ? FULL : 0)
        | (hardware.interruptsEnabled(adapter, domain) ? INTERRUPTS : 0)
        | (long) code << 16;
  }

  /** Returns the condition code that goes with a word. */
  static int condition(long word) {
    return (word & 0x00ff_0000L) == 0 ? 0 : 3;
  }
}
