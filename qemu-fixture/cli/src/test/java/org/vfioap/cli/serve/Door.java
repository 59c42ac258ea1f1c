package org.vfioap.cli.serve;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** What a test can do with a machine, through the Java fixture or {@code vfioap serve}. */
interface Door {
  /** Something was refused or awaited in vain; the text says what, or has the errno's name. */
  final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(String text) {
      super(text);
    }
  }

  String read(String path);

  void write(String path, String value);

  /** Starts a guest with mdevs, returns its monitor for the code under test. */
  Path guest(String name, String... mdevs);

  Set<String> queues(String guest);

  /** Orders the fault: those of guests and files have the words of the fixture. */
  Orders faults();

  void awaitQueue(String apqn);

  void awaitQueueIn(String apqn, String guest, long milliseconds);

  void awaitLog(String text);

  void awaitUevent(String action, String glob);

  void awaitGuestEvent(String guest, String event);

  /** Returns the commands that the code under test sent. */
  List<String> commands(String guest);

  /** Returns the writes, each as {@code path value errno}. */
  List<String> writes();

  /** Faults that the suite orders, each for the next time. */
  interface Orders {
    void rejectUnplug(String guest);

    void refusePlug(String guest, String text);

    void refuseCommand(String guest, String command, String text);

    void loseEvent(String guest, String event);

    void refuseWrite(String glob, String errno);

    void writeBefore(String glob, String path, String value);

    void arrive(int adapter, String type, String mode);

    void checkstop(int adapter);
  }
}
