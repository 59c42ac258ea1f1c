package org.vfioap.place;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.vfioap.mdev.CpuFeature;
import org.vfioap.vm.VirtualMachine;

/** The verb {@code guests}: a JSON object for each virtual machine of the machine, oldest first. */
final class GuestList {
  private static final JsonFactory JSON = new JsonFactory();

  private GuestList() {}

  static void tell(Place place, List<String> words, Verb.Answer answer) throws IOException {
    if (!words.isEmpty()) {
      throw new IllegalArgumentException("'" + words.get(0) + "' is unknown; guests stands alone");
    }
    for (VirtualMachine guest : place.guests()) {
      answer.line(describe(guest));
    }
  }

  private static String describe(VirtualMachine guest) throws IOException {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("name", guest.name());
      json.writeNumberField("pid", guest.pid());
      array(json, "features", guest.features().stream().sorted().map(CpuFeature::label).toList());
      array(json, "mdevs", guest.mdevs());
      array(json, "apqns", guest.guest().apcb().effective().apqnLines().lines().toList());
      json.writeEndObject();
    }
    return out.toString();
  }

  private static void array(JsonGenerator json, String name, List<String> texts)
      throws IOException {
    json.writeFieldName(name);
    json.writeArray(texts.toArray(String[]::new), 0, texts.size());
  }
}
