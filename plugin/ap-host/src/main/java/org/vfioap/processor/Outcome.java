package org.vfioap.processor;

import java.util.Optional;

/** What comes of an AP instruction. */
public sealed interface Outcome {
  /**
   * It was executed.
   *
   * @param condition the condition code, 0 to 3
   * @param registers as they are now
   * @param store what was stored, if anything
   * @param repeatable whether the same registers give the same until something changes
   */
  record Executed(int condition, Registers registers, Optional<Store> store, boolean repeatable)
      implements Outcome {}

  /** It was interrupted by a program exception, and nothing happened. */
  record Refused(ProgramException exception) implements Outcome {}

  /**
   * Bytes that go to memory.
   *
   * @param address in the address space of the program
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed on, never compared.
  record Store(long address, byte[] bytes) {}

  /** Why a program was interrupted. */
  enum ProgramException {
    /** The instruction is not installed. */
    OPERATION,
    /** A register says what it must not say. */
    SPECIFICATION
  }
}
