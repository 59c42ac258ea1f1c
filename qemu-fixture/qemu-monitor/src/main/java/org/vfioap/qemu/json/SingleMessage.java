package org.vfioap.qemu.json;

import org.jspecify.annotations.Nullable;

/** Keeps the first value or error of a text. */
final class SingleMessage implements JsonReader.Listener {
  private @Nullable JsonValue value;
  private @Nullable JsonSyntaxException error;

  @Override
  public void message(JsonValue message) {
    if (value == null) {
      value = message;
    } else {
      refused(tooMany());
    }
  }

  @Override
  public void refused(JsonSyntaxException refused) {
    if (error == null) {
      error = value == null ? refused : tooMany();
    }
  }

  private static JsonSyntaxException tooMany() {
    return new JsonSyntaxException("Expecting at most one JSON value");
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
