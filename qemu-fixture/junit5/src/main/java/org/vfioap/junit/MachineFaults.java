package org.vfioap.junit;

import java.util.concurrent.CountDownLatch;
import org.vfioap.ap.AdapterMode;
import org.vfioap.ap.AdapterType;
import org.vfioap.ap.QueueState;
import org.vfioap.kernel.Errno;

/**
 * What goes wrong with a machine: at its support element, and at reads and writes in this process.
 *
 * <p>A glob is for a path without links: {@code /sys/**}{@code /assign_domain}. What is ordered
 * holds for the next match, and fails the test if there is none.
 */
public interface MachineFaults {
  /** Takes an adapter out of the configuration. */
  void remove(int adapter);

  /** Deconfigures an adapter. */
  void deconfigure(int adapter);

  /** Stops an adapter with an error. */
  void checkstop(int adapter);

  /** Adds an adapter to the configuration. */
  void arrive(int adapter, AdapterType type, AdapterMode mode);

  /** Sets the state of a queue. */
  void queue(String apqn, QueueState state);

  /** Orders what happens to the next write. */
  FileOrder write(String glob);

  /** Orders what happens to the next read. */
  FileOrder read(String glob);

  /** Does something between the open and the write of the next write: a race without luck. */
  Interleaving before(String glob);

  /** Does something after the next write, before the writer goes on. */
  Interleaving after(String glob);

  /** What happens to a file. */
  interface FileOrder {
    /** It is refused; nothing is done. */
    void refuse(Errno errno);

    /**
     * It is refused.
     *
     * @param afterwards whether it has been done then, as by a kernel that fails late
     * @throws IllegalArgumentException of a read, which does nothing that could be done
     */
    void refuse(Errno errno, boolean afterwards);

    /** It waits until the latch is open. */
    void stallUntil(CountDownLatch latch);
  }

  /** Something that is done at a certain moment, in the thread of the writer. */
  interface Interleaving {
    /** Runs this; it may use the machine. */
    void run(Runnable action);
  }
}
