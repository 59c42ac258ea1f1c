package org.vfioap.processor;

import java.util.Optional;
import org.vfioap.ap.ApInstructions;
import org.vfioap.ap.Changes;
import org.vfioap.processor.Outcome.ProgramException;
import org.vfioap.processor.Outcome.Refused;

/**
 * A processor that executes AP instructions of an operating system: over the hardware of a host, or
 * over what a guest was given of it.
 *
 * <p>Which queue answers what is decided by {@link ApInstructions}, the same object that the
 * emulated AP bus asks. Without AP instructions everything is an operation exception. Safe for use
 * by several threads, as by the processors of one machine.
 *
 * <p>Source: Linux 6.12 arch/s390/include/asm/ap.h for registers and condition codes,
 * arch/s390/kvm/priv.c handle_pqap for exceptions.
 */
public final class Processor {
  private final Optional<ApInstructions> hardware;
  private final Optional<QueueControl> control;
  private final Optional<MessageTransfer> transfer;

  private Processor(Optional<ApInstructions> hardware) {
    this.hardware = hardware;
    control = hardware.map(QueueControl::new);
    transfer = hardware.map(MessageTransfer::new);
  }

  /** Returns a processor with these instructions. */
  public static Processor of(ApInstructions hardware) {
    return new Processor(Optional.of(hardware));
  }

  /** Returns a processor that has no AP instructions: of a guest without the feature {@code ap}. */
  public static Processor withoutAp() {
    return new Processor(Optional.empty());
  }

  /** Executes PQAP. */
  public Outcome pqap(Registers registers) {
    return control.map(queues -> queues.execute(registers)).orElseGet(Processor::notInstalled);
  }

  /**
   * Executes NQAP.
   *
   * @param message what stands at the second operand; empty if it is too long for any queue
   */
  public Outcome nqap(Registers registers, byte[] message) {
    return transfer
        .map(queues -> queues.send(registers, message))
        .orElseGet(Processor::notInstalled);
  }

  /** Executes DQAP. */
  public Outcome dqap(Registers registers) {
    return transfer.map(queues -> queues.receive(registers)).orElseGet(Processor::notInstalled);
  }

  private static Outcome notInstalled() {
    return new Refused(ProgramException.OPERATION);
  }

  /** Returns the 256 facility bits that STFLE stores because of AP, bit 0 leftmost. */
  public byte[] facilities() {
    return hardware
        .map(ConfigurationBlock::facilities)
        .orElseGet(() -> new byte[ConfigurationBlock.LENGTH / 4]);
  }

  /** Calls the listener after whatever may change an answer, see {@link Changes#listen}. */
  public Changes.Handle onChange(Runnable listener) {
    return hardware.map(some -> some.onChange(listener)).orElse(() -> {});
  }
}
