package org.vfioap.ap;

import java.util.Optional;
import org.vfioap.kernel.Errno;

/**
 * The AP instructions as an operating system executes them: on a machine, or interpreted in a
 * guest.
 *
 * <p>Implementations are safe for use by several threads and never call back.
 */
public interface ApInstructions {
  /** Tells whether a facility is installed. */
  boolean has(Facility facility);

  /** Executes PQAP(QCI); empty where the facility is not installed. */
  Optional<ApConfig> queryConfiguration();

  /** Executes PQAP(TAPQ) for its response code. */
  ResponseCode test(int adapter, int domain);

  /** Returns what TAPQ says of an adapter that answered with information. */
  Adapter describe(int adapter);

  /** Executes PQAP(RAPQ): resets a queue. */
  ResponseCode reset(int adapter, int domain);

  /** Executes PQAP(ZAPQ), a reset that also clears the queue. */
  ResponseCode zeroise(int adapter, int domain);

  /** Executes PQAP(AQIC) to enable the interruptions of a queue, which a reset disables. */
  void enableInterrupts(int adapter, int domain);

  /** Executes PQAP(AQIC) to disable the interruptions of a queue. */
  void disableInterrupts(int adapter, int domain);

  /** Tells what TAPQ says of the interruptions of a queue: whether they are enabled. */
  boolean interruptsEnabled(int adapter, int domain);

  /**
   * Asks a coprocessor about its adapter, as the host's drivers do by NQAP and DQAP.
   *
   * @return empty if it does not answer
   */
  Optional<CardInfo> askAboutCard(int adapter);

  /**
   * Asks a coprocessor about one of its domains.
   *
   * @return empty if it does not answer
   */
  Optional<QueueInfo> askAboutQueue(int adapter, int domain);

  /** Returns which files of its cards and queues are at fault. */
  Faults faults();

  /**
   * Returns the further instructions of a guest under Secure Execution; empty for any other system.
   */
  default Optional<SecureQueues> secureQueues() {
    return Optional.empty();
  }

  /**
   * Asks the firmware (SCLP) to take an adapter online or offline.
   *
   * @return empty if done, else what the write to {@code config} answers
   */
  Optional<Errno> configure(int adapter, boolean on);

  /** Returns the messages in the queues, whether or not they are reached; ask {@link #test}. */
  MessageQueues messages();

  /**
   * Calls the listener after whatever may change an answer, in the thread that did it, until the
   * handle is closed. It must not call back.
   */
  Changes.Handle onChange(Runnable listener);

  /** Returns a number that changes whenever an answer of the other methods may have changed. */
  long version();
}
