package org.vfioap.card;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.vfioap.ap.AdapterMode;
import org.vfioap.ap.ApInstructions;
import org.vfioap.ap.CardInfo;
import org.vfioap.ap.KeyRegister;
import org.vfioap.ap.KeyValue;
import org.vfioap.ap.QueueInfo;

/**
 * What an adapter does with a request: an answer comes of everything, if only an error.
 *
 * <p>Accelerators compute clear-key RSA, CCA coprocessors that and random numbers; both kinds of
 * coprocessors tell about themselves. Secure keys are never computed. Safe for use by several
 * threads.
 */
public final class Firmware {
  /** A domain of which nobody knows anything. */
  private static final QueueInfo UNKNOWN =
      new QueueInfo(
          KeyRegister.of(AdapterMode.CCA).stream()
              .collect(Collectors.toMap(register -> register, register -> KeyValue.UNKNOWN)),
          Set.of());

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
      return carryOut(adapter, domain, request);
    } catch (Refusal refusal) {
      return refusal.reply().message();
    }
  }

  private byte[] carryOut(int adapter, int domain, byte[] request) {
    if (request.length < 2) {
      throw new Refusal(ErrorReply.MESSAGE_LENGTH);
    }
    AdapterMode mode = hardware.describe(adapter).mode();
    int known = mode == AdapterMode.ACCELERATOR ? AcceleratorRequest.TYPE : CcaRequest.TYPE;
    if (request[1] != known) {
      throw new Refusal(ErrorReply.MESSAGE_TYPE);
    }
    CardInfo card = hardware.askAboutCard(adapter).orElse(CardInfo.BLANK);
    Optional<QueueInfo> queue = hardware.askAboutQueue(adapter, domain);
    return switch (mode) {
      case ACCELERATOR -> AcceleratorRequest.answer(request);
      case CCA -> CcaRequest.answer(request, card, queue.orElse(UNKNOWN));
      case EP11 -> Ep11Request.answer(request, domain, card, queue);
    };
  }
}
