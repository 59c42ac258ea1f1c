package org.vfioap.processor;

/**
 * The general registers that AP instructions use.
 *
 * @param r0 function code and APQN
 * @param r1 status word, or what AQIC and QACT are told
 * @param r2 addresses, and the answers of TAPQ and QACT
 * @param firstEven the first operand of NQAP and DQAP: upper half of the message's number
 * @param firstOdd its lower half
 * @param secondEven the second operand: the address of the message
 * @param secondOdd its length, or that of the buffer
 */
public record Registers(
    long r0, long r1, long r2, long firstEven, long firstOdd, long secondEven, long secondOdd) {

  /** Returns the registers of PQAP, which has no operands. */
  public static Registers of(long r0, long r1, long r2) {
    return new Registers(r0, r1, r2, 0, 0, 0, 0);
  }

  Registers withR0(long value) {
    return new Registers(value, r1, r2, firstEven, firstOdd, secondEven, secondOdd);
  }

  Registers withR1(long value) {
    return new Registers(r0, value, r2, firstEven, firstOdd, secondEven, secondOdd);
  }

  Registers withR2(long value) {
    return new Registers(r0, r1, value, firstEven, firstOdd, secondEven, secondOdd);
  }

  Registers withFirst(long id) {
    return new Registers(r0, r1, r2, id >>> 32, id & 0xffff_ffffL, secondEven, secondOdd);
  }

  /** Moves the second operand on by as many bytes as were taken or stored. */
  Registers advanced(int bytes) {
    return new Registers(r0, r1, r2, firstEven, firstOdd, secondEven + bytes, secondOdd - bytes);
  }

  /** Returns the message's number. */
  long first() {
    return firstEven << 32 | (firstOdd & 0xffff_ffffL);
  }

  /** Returns the adapter of the APQN in register 0. */
  int adapter() {
    return (int) (r0 >> 8) & 0xff;
  }

  /** Returns the domain of the APQN in register 0. */
  int domain() {
    return (int) r0 & 0xff;
  }
}
