package org.vfioap.place;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * What goes over a control socket: a request is a line with a JSON array of words, the answer is
 * lines with JSON objects. {@code line} is text for the user, {@code error} ends an answer that is
 * a refusal, {@code done} any other.
 */
final class Wire {
  /** The longest request, in characters. */
  static final int MAX_REQUEST = 1 << 16;

  static final String LINE = "line";
  static final String ERROR = "error";
  static final String DONE = "done";

  private static final JsonFactory JSON = new JsonFactory();

  private Wire() {}

  /** One object of an answer: its only key and the text behind it. */
  record Part(String key, String text) {}

  static String request(List<String> words) throws IOException {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeArray(words.toArray(String[]::new), 0, words.size());
    }
    return out.append('\n').toString();
  }

  /**
   * Reads a request.
   *
   * @throws IllegalArgumentException if it is anything else than an array of strings
   */
  static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    try (JsonParser json = JSON.createParser(line)) {
      require(json.nextToken() == JsonToken.START_ARRAY);
      while (json.nextToken() == JsonToken.VALUE_STRING) {
        words.add(json.getText());
      }
      require(json.currentToken() == JsonToken.END_ARRAY && json.nextToken() == null);
    } catch (IOException malformed) {
      require(false);
    }
    return words;
  }

  private static void require(boolean condition) {
    if (!condition) {
      throw new IllegalArgumentException(
          "the request is not a line with a JSON array of words, such as [\"hw\", \"show\"]");
    }
  }

  static String part(String key, String text) throws IOException {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField(key, text);
      json.writeEndObject();
    }
    return out.append('\n').toString();
  }

  static Part part(String line) throws IOException {
    try (JsonParser json = JSON.createParser(line)) {
      json.nextToken();
      String key = json.nextFieldName();
      String text = json.nextTextValue();
      if (key == null || text == null) {
        throw new IOException("the machine answered something that is no answer: " + line);
      }
      return new Part(key, text);
    }
  }
}
