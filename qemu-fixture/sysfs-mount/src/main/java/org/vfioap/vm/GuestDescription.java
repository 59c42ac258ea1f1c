package org.vfioap.vm;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.vfioap.mdev.CpuFeature;

/** A line of JSON about a virtual machine, for lists of guests. */
public final class GuestDescription {
  private static final JsonFactory JSON = new JsonFactory();

  private GuestDescription() {}

  /**
   * Describes a virtual machine as it is now.
   *
   * @param path its name, behind the names of the guests that it runs in
   * @param reader the number of the thread that asks, for the number by which it knows the guest's
   *     process; 0 for that of the process that mounted the machine
   */
  public static String of(String path, VirtualMachine guest, int reader) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("name", path);
      json.writeNumberField("pid", guest.process().numberFor(Caller.of(reader)));
      array(json, "features", guest.features().stream().sorted().map(CpuFeature::label).toList());
      array(json, "mdevs", guest.mdevs());
      array(json, "apqns", guest.guest().apcb().effective().apqnLines().lines().toList());
      Optional<String> qmp = QmpSocket.of(guest.process().pid());
      if (qmp.isPresent()) {
        json.writeStringField("qmp", seenFromOutside(path, guest, qmp.get()));
      }
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toString();
  }

  /** A guest of a guest listens where only that guest's programs look. */
  private static String seenFromOutside(String path, VirtualMachine guest, String socket) {
    return path.contains("/") ? "/proc/" + guest.process().pid() + "/root" + socket : socket;
  }

  private static void array(JsonGenerator json, String name, List<String> texts)
      throws IOException {
    json.writeFieldName(name);
    json.writeArray(texts.toArray(String[]::new), 0, texts.size());
  }
}
