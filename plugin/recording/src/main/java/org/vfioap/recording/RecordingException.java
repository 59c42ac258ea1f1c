package org.vfioap.recording;

/** Nothing can be recorded; the message says why and what can be done. */
public final class RecordingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RecordingException(String message) {
    super(message, null, false, false);
  }
}
