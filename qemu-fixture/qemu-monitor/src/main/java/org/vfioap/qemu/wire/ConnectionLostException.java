package org.vfioap.qemu.wire;

import java.io.IOException;

/** The peer closed the connection where an answer was expected. */
public final class ConnectionLostException extends IOException {
  private static final long serialVersionUID = 1L;

  ConnectionLostException(String message) {
    super(message);
  }
}
