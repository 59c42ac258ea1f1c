package org.vfioap.processor;

import java.util.Arrays;
import java.util.Optional;
import org.vfioap.ap.ApInstructions;
import org.vfioap.ap.Facility;
import org.vfioap.ap.MessageQueues.Reply;
import org.vfioap.ap.ResponseCode;
import org.vfioap.card.Firmware;
import org.vfioap.processor.Outcome.Executed;
import org.vfioap.processor.Outcome.Store;

/**
 * NQAP and DQAP: messages to adapters and their replies.
 *
 * <p>The adapter has answered before NQAP ends, so a reply waits at once. A message comes whole: a
 * part that is not the last one is refused. A reply that is longer than the buffer comes in parts:
 * condition code 1, the rest's length in register 2, and in the left half of register 0 how far it
 * is, which the next DQAP has to bring along.
 *
 * <p>Source: Linux 6.12 arch/s390/include/asm/ap.h, ap_nqap and ap_dqap.
 */
final class MessageTransfer {
  /** The longest message; TAPQ says 0, which stands for it. */
  static final int LONGEST = 12 * 1024;

  private static final long LAST_PART = 0x4000_0000L;
  private static final long SPECIAL = 0x0040_0000L;

  private final ApInstructions hardware;
  private final Firmware firmware;

  MessageTransfer(ApInstructions hardware) {
    this.hardware = hardware;
    firmware = new Firmware(hardware);
  }

  Outcome send(Registers in, byte[] message) {
    ResponseCode code = hardware.test(in.adapter(), in.domain());
    if (code != ResponseCode.NORMAL) {
      return executed(in, StatusWord.of(code));
    }
    int refusal = refusal(in);
    if (refusal != 0) {
      return executed(in, status(in, refusal));
    }
    byte[] reply = firmware.answer(in.adapter(), in.domain(), message);
    boolean fits = hardware.messages().put(in.adapter(), in.domain(), new Reply(in.first(), reply));
    return fits
        ? executed(in.advanced((int) in.secondOdd()), status(in, 0))
        : executed(in, status(in, StatusWord.QUEUE_FULL));
  }

  /** Returns a response code, or 0 if the message can be taken. */
  private int refusal(Registers in) {
    if (hardware.messages().isFull(in.adapter(), in.domain())) {
      return StatusWord.QUEUE_FULL;
    }
    if ((in.r0() & LAST_PART) == 0) {
      return StatusWord.NO_FIRST_PART;
    }
    if ((in.r0() & SPECIAL) != 0 && !hardware.has(Facility.APSC)) {
      return StatusWord.FACILITY_NOT_INSTALLED;
    }
    boolean fits = Long.compareUnsigned(in.secondOdd(), LONGEST) <= 0;
    return fits && in.secondOdd() != 0 ? 0 : StatusWord.MESSAGE_TOO_BIG;
  }

  Outcome receive(Registers in) {
    ResponseCode code = hardware.test(in.adapter(), in.domain());
    if (code != ResponseCode.NORMAL) {
      return executed(in, StatusWord.of(code));
    }
    Optional<Reply> reply = hardware.messages().first(in.adapter(), in.domain());
    return reply
        .map(message -> deliver(in, message))
        .orElseGet(() -> executed(in, status(in, StatusWord.NO_PENDING_REPLY)));
  }

  private Outcome deliver(Registers in, Reply reply) {
    int length = reply.bytes().length;
    int from = (int) Math.min(in.r0() >>> 32, length);
    int size =
        Long.compareUnsigned(in.secondOdd(), length - from) < 0
            ? (int) in.secondOdd()
            : length - from;
    Store part = new Store(in.secondEven(), Arrays.copyOfRange(reply.bytes(), from, from + size));
    if (from + size < length) {
      Registers rest = in.withR0((in.r0() & 0xffff_ffffL) | (long) (from + size) << 32);
      Registers now = rest.withR2(length - from - size).advanced(size);
      return new Executed(1, now, Optional.of(part), false);
    }
    hardware.messages().remove(in.adapter(), in.domain(), reply);
    Registers whole = in.withR0(in.r0() & 0xffff_ffffL).withR2(0).withFirst(reply.id());
    Registers now = whole.withR1(status(in, 0)).advanced(size);
    return new Executed(0, now, Optional.of(part), false);
  }

  private long status(Registers in, int code) {
    return StatusWord.of(hardware, in.adapter(), in.domain(), code);
  }

  private static Outcome executed(Registers in, long word) {
    return new Executed(StatusWord.condition(word), in.withR1(word), Optional.empty(), false);
  }
}
