package org.vfioap.qemu.json;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes values as QEMU does: {@code ", "} and {@code ": "}, everything outside printable ASCII as
 * upper-case {@code \\uXXXX}.
 *
 * <p>Source: qobject/json-writer.c of QEMU 7.2.
 */
public final class JsonWriter {
  private static final JsonWriter COMPACT = new JsonWriter(false);
  private static final JsonWriter PRETTY = new JsonWriter(true);
  private static final String LINE_END = "\r\n";
  private static final String HEX = "0123456789ABCDEF";

  private final boolean pretty;

  private JsonWriter(boolean pretty) {
    this.pretty = pretty;
  }

  /** Returns the writer of one-line answers. */
  public static JsonWriter compact() {
    return COMPACT;
  }

  /** Returns the writer of indented answers, as {@code -mon pretty=on} asks for. */
  public static JsonWriter pretty() {
    return PRETTY;
  }

  /** Returns the text of {@code value}; lines inside it end with a line feed. */
  public String write(JsonValue value) {
    StringBuilder out = new StringBuilder();
    write(value, 0, out);
    return out.toString();
  }

  /** Returns {@code value} as a monitor sends it: lines end with carriage return and line feed. */
  public byte[] line(JsonValue value) {
    StringBuilder out = new StringBuilder();
    write(value, 0, out);
    String text = pretty ? out.toString().replace("\n", LINE_END) : out.toString();
    return text.concat(LINE_END).getBytes(StandardCharsets.ISO_8859_1);
  }

  private void write(JsonValue value, int depth, StringBuilder out) {
    if (value instanceof JsonObject object) {
      writeObject(object, depth, out);
    } else if (value instanceof JsonArray array) {
      writeArray(array.items(), depth, out);
    } else if (value instanceof JsonString string) {
      quote(string.text(), out);
    } else if (pretty && value instanceof JsonText text) {
      write(text.parsed(), depth, out);
    } else {
      out.append(value);
    }
  }

  private void writeObject(JsonObject object, int depth, StringBuilder out) {
    out.append('{');
    boolean first = true;
    for (JsonObject.Slot slot : object.ordered()) {
      separate(first, depth + 1, out);
      first = false;
      quote(slot.name, out);
      out.append(": ");
      write(slot.value, depth + 1, out);
    }
    newLine(depth, out);
    out.append('}');
  }

  private void writeArray(List<JsonValue> items, int depth, StringBuilder out) {
    out.append('[');
    boolean first = true;
    for (JsonValue item : items) {
      separate(first, depth + 1, out);
      first = false;
      write(item, depth + 1, out);
    }
    newLine(depth, out);
    out.append(']');
  }

  private void separate(boolean first, int depth, StringBuilder out) {
    if (!first) {
      out.append(pretty ? "," : ", ");
    }
    newLine(depth, out);
  }

  private void newLine(int depth, StringBuilder out) {
    if (pretty) {
      out.append('\n').append("    ".repeat(depth));
    }
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    int plain = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c >= 0x7F || c == '"' || c == '\\') {
        out.append(text, plain, i);
        escape(c, out);
        plain = i + 1;
      }
    }
    out.append(text, plain, text.length()).append('"');
  }

  private static void escape(char c, StringBuilder out) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> unicode(c, out);
    }
  }

  private static void unicode(char c, StringBuilder out) {
    out.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.append(HEX.charAt(c >> shift & 0xF));
    }
  }
}
