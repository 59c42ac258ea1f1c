package org.vfioap.processor;

import java.util.Optional;
import org.vfioap.ap.Adapter;
import org.vfioap.ap.ApConfig;
import org.vfioap.ap.ApInstructions;
import org.vfioap.ap.Facility;
import org.vfioap.ap.MessageQueues;
import org.vfioap.ap.ResponseCode;
import org.vfioap.processor.Outcome.Executed;
import org.vfioap.processor.Outcome.ProgramException;
import org.vfioap.processor.Outcome.Refused;
import org.vfioap.processor.Outcome.Store;

/**
 * PQAP: asks about queues, resets them, and controls their interruptions.
 *
 * <p>A reset is over as soon as it is begun, unless the machine says otherwise. A secure binding is
 * no business of a processor outside Secure Execution, so functions 7 and 8 are unknown.
 *
 * <p>Source: Linux 6.12 arch/s390/include/asm/ap.h and arch/s390/kvm/priv.c, handle_pqap.
 */
final class QueueControl {
  private static final int TAPQ = 0;
  private static final int RAPQ = 1;
  private static final int ZAPQ = 2;
  private static final int AQIC = 3;
  private static final int QCI = 4;
  private static final int QACT = 5;

  private static final long T_BIT = 0x0080_0000L;
  private static final long F_BIT = 0x0040_0000L;
  private static final long RESERVED = 0x007f_0000L;

  /** Bits of an APQN that need extended addressing: adapters from 64, domains from 16. */
  private static final long EXTENDED = 0xc0f0L;

  private static final long INTERRUPTS = 1L << 47;
  private static final int TYPE_SHIFT = 24;

  private final ApInstructions hardware;

  QueueControl(ApInstructions hardware) {
    this.hardware = hardware;
  }

  Outcome execute(Registers in) {
    int function = (int) (in.r0() >> 24) & 0xff;
    if (isWrong(function, in.r0())) {
      return new Refused(ProgramException.SPECIFICATION);
    }
    return switch (function) {
      case TAPQ -> test(in);
      case RAPQ -> answer(in, hardware.reset(in.adapter(), in.domain()));
      case ZAPQ -> answer(in, hardware.zeroise(in.adapter(), in.domain()));
      case AQIC -> control(in);
      case QCI -> configuration(in);
      case QACT -> compatibleType(in);
      default -> new Refused(ProgramException.SPECIFICATION);
    };
  }

  private boolean isWrong(int function, long r0) {
    boolean mayHaveFlag = function == RAPQ || function == ZAPQ || function == QACT;
    long reserved = mayHaveFlag ? RESERVED & ~F_BIT : RESERVED;
    boolean addresses = function != QCI;
    return addresses
        && ((r0 & reserved) != 0
            || ((r0 & T_BIT) != 0 && (function != TAPQ || !hardware.has(Facility.APFT)))
            || ((r0 & EXTENDED) != 0 && !hardware.has(Facility.APXA)));
  }

  private Outcome test(Registers in) {
    ResponseCode code = hardware.test(in.adapter(), in.domain());
    long info = code.carriesInfo() ? info(in) : 0;
    return executed(in.withR2(info), word(in, code), true);
  }

  /** Type and depth; with the T bit also the functions. */
  private long info(Registers in) {
    Adapter adapter = hardware.describe(in.adapter());
    long functions = (in.r0() & T_BIT) != 0 ? Integer.toUnsignedLong(adapter.functions()) : 0;
    return functions << 32
        | (long) adapter.type().number() << TYPE_SHIFT
        | (long) lastDomain() << 16
        | MessageQueues.DEPTH - 1;
  }

  private int lastDomain() {
    return hardware.queryConfiguration().map(ApConfig::lastDomain).orElse(15);
  }

  private long word(Registers in, ResponseCode code) {
    return code == ResponseCode.NORMAL
        ? StatusWord.of(hardware, in.adapter(), in.domain(), 0)
        : StatusWord.of(code);
  }

  private Outcome answer(Registers in, ResponseCode code) {
    return executed(in, word(in, code), false);
  }

  private static Outcome executed(Registers in, long word, boolean repeatable) {
    return new Executed(StatusWord.condition(word), in.withR1(word), Optional.empty(), repeatable);
  }

  private Outcome control(Registers in) {
    if (!hardware.has(Facility.APQI)) {
      return new Refused(ProgramException.SPECIFICATION);
    }
    ResponseCode code = hardware.test(in.adapter(), in.domain());
    boolean on = (in.r1() & INTERRUPTS) != 0;
    if (code != ResponseCode.NORMAL) {
      return answer(in, code);
    }
    if (on && in.r2() == 0) {
      return executed(in, (long) StatusWord.INVALID_ADDRESS << 16, false);
    }
    if (on == hardware.interruptsEnabled(in.adapter(), in.domain())) {
      long word = StatusWord.of(hardware, in.adapter(), in.domain(), StatusWord.OTHERWISE_CHANGED);
      return executed(in, word, false);
    }
    return switchInterrupts(in, on);
  }

  private Outcome switchInterrupts(Registers in, boolean on) {
    if (on) {
      hardware.enableInterrupts(in.adapter(), in.domain());
    } else {
      hardware.disableInterrupts(in.adapter(), in.domain());
    }
    return answer(in, ResponseCode.NORMAL);
  }

  private Outcome configuration(Registers in) {
    return hardware
        .queryConfiguration()
        .map(config -> new Store(in.r2(), ConfigurationBlock.of(hardware, config)))
        .<Outcome>map(block -> new Executed(0, in.withR1(0), Optional.of(block), false))
        .orElseGet(() -> new Refused(ProgramException.SPECIFICATION));
  }

  /** Answers with the newest type that both the program and the adapter know. */
  private Outcome compatibleType(Registers in) {
    if (!hardware.has(Facility.QACT)) {
      return new Refused(ProgramException.SPECIFICATION);
    }
    ResponseCode code = hardware.test(in.adapter(), in.domain());
    int known = (int) (in.r1() >> TYPE_SHIFT) & 0xff;
    int type = Math.min(known, hardware.describe(in.adapter()).type().number());
    long category = 0xffL << TYPE_SHIFT;
    long info = (in.r1() & ~category) | (long) type << TYPE_SHIFT;
    return answer(in.withR2(code == ResponseCode.NORMAL ? info : 0), code);
  }
}
