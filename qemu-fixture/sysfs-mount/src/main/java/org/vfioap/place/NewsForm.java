package org.vfioap.place;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.vfioap.kernel.LogLine;
import org.vfioap.kernel.Uevent;

/** How a line of the log and a uevent are told: as text for people or as a JSON object. */
enum NewsForm {
  TEXT {
    @Override
    String of(LogLine line) {
      return line.toString();
    }

    @Override
    String of(Uevent event) {
      return String.join(" ", event.environment());
    }

    @Override
    String lost(long count, String what) {
      return "(" + count + " " + what + " were lost here, since they were not read in time)";
    }
  },
  JSON {
    @Override
    String of(LogLine line) {
      return object(
          json -> {
            json.writeNumberField("time", line.time().toNanos() / 1e9);
            json.writeStringField("level", line.level().label());
            json.writeStringField("source", line.source());
            json.writeStringField("message", line.message());
          });
    }

    @Override
    String of(Uevent event) {
      return object(
          json -> {
            json.writeNumberField("seqnum", event.seqnum());
            json.writeStringField("action", event.action().label());
            json.writeStringField("devpath", event.devpath());
            json.writeStringField("subsystem", event.subsystem());
            properties(json, event.properties());
          });
    }

    @Override
    String lost(long count, String what) {
      return object(json -> json.writeNumberField("lost", count));
    }
  };

  private static final JsonFactory FACTORY = new JsonFactory();

  /** Writes fields. */
  private interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  static NewsForm of(boolean json) {
    return json ? JSON : TEXT;
  }

  abstract String of(LogLine line);

  abstract String of(Uevent event);

  /** Returns what stands where {@code count} of them are missing. */
  abstract String lost(long count, String what);

  private static String object(Fields fields) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toString();
  }

  private static void properties(JsonGenerator json, List<String> properties) throws IOException {
    json.writeObjectFieldStart("properties");
    for (String property : properties) {
      int equals = property.indexOf('=');
      json.writeStringField(property.substring(0, equals), property.substring(equals + 1));
    }
    json.writeEndObject();
  }
}
