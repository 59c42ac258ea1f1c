package org.vfioap.card;

import org.vfioap.ap.AdapterMode;
import org.vfioap.ap.ApInstructions;

/**
 * What an adapter does with a request: an answer comes of everything, if only an error.
 *
 * <p>Accelerators compute clear-key RSA. Secure keys are never computed. Safe for use by several
 * threads.
 */
public final class Firmware {
  private final ApInstructions hardware;

  /** Makes the firmware of all adapters of a machine. */
  public Firmware(ApInstructions hardware) {
    this.hardware = hardware;
  }

  /**
   * Carries out a request.
   *
   * @param adapter which adapter got it, whose mode decides what it can do
   * @param domain which domain of it
   * @param request the message as it stood in memory
   * @return the reply: of type 0x82 with the reason if the request is refused
   */
  public byte[] answer(int adapter, int domain, byte[] request) {
    try {
      return carryOut(adapter, request);
    } catch (Refusal refusal) {
      return refusal.reply().message();
    }
  }

  private byte[] carryOut(int adapter, byte[] request) {
    if (request.length < 2) {
      throw new Refusal(ErrorReply.MESSAGE_LENGTH);
    }
    AdapterMode mode = hardware.describe(adapter).mode();
    int type = request[1] & 0xff;
    if (mode == AdapterMode.ACCELERATOR && type == AcceleratorRequest.TYPE) {
      return AcceleratorRequest.answer(request);
    }
    throw new Refusal(ErrorReply.MESSAGE_TYPE);
  }
}
