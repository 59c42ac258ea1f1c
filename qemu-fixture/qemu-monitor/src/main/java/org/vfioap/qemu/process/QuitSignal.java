package org.vfioap.qemu.process;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import org.vfioap.qemu.descriptor.NativeLibraries;

/**
 * Lets SIGQUIT end the program, as it ends QEMU, which does not handle it. The JVM would print its
 * threads instead, and has no option that leaves only this signal alone; so the C library gives it
 * back its default action, once the start is over.
 */
final class QuitSignal {
  private static final int SIGQUIT = 3;

  private QuitSignal() {}

  /** Gives the signal its default action, on a thread of its own: it takes a while. */
  static void free() {
    new Release().start();
  }

  private static final class Release extends Thread {
    Release() {
      super("signals");
      setDaemon(true);
    }

    @Override
    public void run() {
      reset();
    }
  }

  private static void reset() {
    try {
      NativeLibraries.prepare();
      Object[] arguments = {SIGQUIT, Pointer.NULL};
      NativeLibrary.getInstance("c").getFunction("signal").invokePointer(arguments);
    } catch (UnsatisfiedLinkError | NoClassDefFoundError unreachable) {
      // Then the signal does nothing.
    }
  }
}
