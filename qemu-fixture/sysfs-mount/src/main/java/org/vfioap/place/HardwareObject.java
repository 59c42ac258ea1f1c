package org.vfioap.place;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import org.vfioap.ap.Adapter;
import org.vfioap.ap.ApConfig;
import org.vfioap.ap.ApHardware;
import org.vfioap.ap.ApMask;

/** The verb {@code hardware}: what {@code hw show} prints, as one JSON object. */
final class HardwareObject {
  private static final JsonFactory JSON = new JsonFactory();

  private HardwareObject() {}

  static void tell(Place place, List<String> words, Verb.Answer answer) throws IOException {
    if (!words.isEmpty()) {
      throw new IllegalArgumentException(
          "'" + words.get(0) + "' is unknown; hardware stands alone");
    }
    answer.line(of(place.hardware()));
  }

  /** Returns the object; docs/json.md names its fields. */
  static String of(ApHardware hardware) throws IOException {
    ApConfig now = hardware.configuration();
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeArrayFieldStart("adapters");
      for (int number : now.adapters().stream().toArray()) {
        write(json, number, hardware.describe(number));
      }
      json.writeEndArray();
      write(json, "domains", now.domains());
      write(json, "controlDomains", now.controlDomains());
      json.writeArrayFieldStart("queues");
      for (var queue : hardware.troubledQueues().entrySet()) {
        json.writeStartObject();
        json.writeStringField("apqn", queue.getKey().toString());
        String state = queue.getValue().name();
        json.writeStringField("state", state.toLowerCase(Locale.ROOT).replace('_', '-'));
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return out.toString();
  }

  private static void write(JsonGenerator json, int number, Adapter adapter) throws IOException {
    json.writeStartObject();
    json.writeNumberField("number", number);
    json.writeStringField("card", String.format("card%02x", number));
    json.writeStringField("type", adapter.type().toString());
    json.writeStringField("mode", adapter.mode().label());
    json.writeBooleanField("configured", adapter.configured());
    json.writeBooleanField("checkstopped", adapter.checkstopped());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, String name, ApMask mask) throws IOException {
    int[] numbers = mask.stream().toArray();
    json.writeFieldName(name);
    json.writeArray(numbers, 0, numbers.length);
  }
}
