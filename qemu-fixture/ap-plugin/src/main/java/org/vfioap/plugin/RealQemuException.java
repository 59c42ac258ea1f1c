package org.vfioap.plugin;

/** A real QEMU cannot be started; the message says why and what to do. */
public final class RealQemuException extends RuntimeException {
  private static final long serialVersionUID = 1;

  RealQemuException(String message) {
    super(message);
  }

  RealQemuException(String message, Throwable cause) {
    super(message, cause);
  }
}
