package org.vfioap.qemu.json;

import org.jspecify.annotations.Nullable;

/** Keeps the first value or error of a text. */
final class SingleMessage implements JsonReader.Listener {
  private static final JsonSyntaxException TOO_MANY =
      new JsonSyntaxException("Expecting at most one JSON value");

  private @Nullable JsonValue value;
  private @Nullable JsonSyntaxException error;

  @Override
  public void message(JsonValue message) {
    if (value == null) {
      value = message;
    } else {
      refused(TOO_MANY);
    }
  }

  @Override
  public void refused(JsonSyntaxException refused) {
    if (error == null) {
      error = value == null ? refused : TOO_MANY;
    }
  }

  JsonValue result() throws JsonSyntaxException {
    if (error != null) {
      throw error;
    }
    if (value == null) {
      throw JsonSyntaxException.parse("premature EOI");
    }
    return value;
  }
}
