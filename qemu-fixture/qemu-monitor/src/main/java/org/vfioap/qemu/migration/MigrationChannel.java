package org.vfioap.qemu.migration;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A way for a stream.
 *
 * @param in what comes from the other side
 * @param out what goes there
 * @param noun how QEMU calls it in errors: socket, command, file
 * @param end what closing it does
 */
record MigrationChannel(InputStream in, OutputStream out, String noun, Closeable end)
    implements Closeable {
  private static final int ACKNOWLEDGE = 'A';

  /** Returns QEMU's text for a peer that is gone. */
  String brokenText() {
    return "Unable to write to " + noun + ": Broken pipe";
  }

  /** Tells the other side that the guest has come; one that does not listen is not told. */
  void acknowledge() {
    try {
      if (noun.equals("socket")) {
        out.write(ACKNOWLEDGE);
        out.flush();
      }
    } catch (IOException sourceIsGone) {
      return;
    }
  }

  /** Waits until the other side says that the guest has come. */
  void awaitAcknowledge() throws IOException {
    if (noun.equals("socket") && in.read() != ACKNOWLEDGE) {
      throw new IOException("the guest was not taken");
    }
  }

  @Override
  public void close() throws IOException {
    end.close();
  }
}
