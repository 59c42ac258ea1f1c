package org.vfioap.qemu.client;

import java.io.IOException;

/** What was awaited did not come in time. */
public final class NoAnswerException extends IOException {
  private static final long serialVersionUID = 1L;

  NoAnswerException(String message) {
    super(message);
  }
}
