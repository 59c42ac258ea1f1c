package org.vfioap.place;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.sysfs.SysfsTree;

/**
 * The verb {@code sysfs}: reads files of the machine's /sys for those outside, since their kernel
 * lets an ordinary user not into the mounts of a machine. The answer is a line of JSON: {@code
 * text}, {@code names}, {@code target} or {@code exists}; or {@code errno}, {@code number} and
 * {@code reason} of a refusal.
 */
final class SysfsVerb implements Verb {
  private static final String ALLOWED =
      "sysfs exists|read|list|link PATH, with a path such as /sys/bus/ap/apmask";
  private static final JsonFactory JSON = new JsonFactory();

  @Override
  public void run(Place place, List<String> words, Answer answer) throws IOException {
    if (words.size() != 2) {
      throw new IllegalArgumentException("allowed: " + ALLOWED);
    }
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      try {
        perform(place, words, json);
      } catch (KernelRefusal refusal) {
        json.writeStringField("errno", refusal.errno().name());
        json.writeNumberField("number", refusal.errno().number());
        json.writeStringField("reason", refusal.getMessage());
      }
      json.writeEndObject();
    }
    answer.line(out.toString());
  }

  private static void perform(Place place, List<String> words, JsonGenerator json)
      throws IOException {
    SysfsTree tree = place.host().sysfs();
    String path = words.get(1);
    switch (words.get(0)) {
      case "exists" -> json.writeBooleanField("exists", tree.exists(path));
      case "read" -> json.writeStringField("text", tree.read(path));
      case "link" -> json.writeStringField("target", tree.readLink(path));
      case "list" -> {
        String[] names = tree.list(path).toArray(String[]::new);
        json.writeFieldName("names");
        json.writeArray(names, 0, names.length);
      }
      default ->
          throw new IllegalArgumentException(
              "'" + words.get(0) + "' is unknown; allowed: " + ALLOWED);
    }
  }
}
