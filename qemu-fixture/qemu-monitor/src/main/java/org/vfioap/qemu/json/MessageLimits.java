package org.vfioap.qemu.json;

/** What one message may hold. Source: qobject/json-streamer.c of QEMU 7.2. */
final class MessageLimits {
  static final int TOKEN_BYTES = 64 << 20;
  static final int TOKENS = 2 << 20;
  static final int NESTING = 1 << 10;

  private MessageLimits() {}
}
