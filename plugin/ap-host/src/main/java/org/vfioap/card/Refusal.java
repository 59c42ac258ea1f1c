package org.vfioap.card;

/** A request that an adapter does not carry out. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final ErrorReply reply;

  Refusal(ErrorReply reply) {
    super(reply.name(), null, false, false);
    this.reply = reply;
  }

  ErrorReply reply() {
    return reply;
  }
}
