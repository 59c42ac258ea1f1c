package org.vfioap.qemu.migration;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonReader;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonSyntaxException;

/**
 * The stream between two emulated QEMUs. It is not QEMU's own: eight bytes of magic, the machine
 * with its memory as JSON, as many zeros as QEMU sends for an empty memory, and, once the guest has
 * stopped, its state as JSON. Each part is led by its length in four bytes. Over a socket the
 * target answers with one byte once it has loaded all; a source with the capability return-path
 * waits for it.
 */
final class GuestImage {
  private static final byte[] MAGIC = "VFIOAPM1".getBytes(StandardCharsets.US_ASCII);
  private static final int LONGEST_PART = 1 << 20;
  private static final int CHUNK = 1 << 14;

  private GuestImage() {}

  /** Writes what the stream is of. */
  static void writeHeader(DataOutputStream out, String machine, long memory) throws IOException {
    out.write(MAGIC);
    part(out, JsonObject.of("machine", machine).with("memory", memory));
    out.flush();
  }

  /** Writes what can go while the guest runs, as fast as it may. */
  static void writeMemory(DataOutputStream out, PacedMemory memory)
      throws IOException, InterruptedException {
    out.writeInt((int) memory.size());
    memory.write(out);
  }

  /** Writes the rest. */
  static void writeEnd(DataOutputStream out, Arrival arrival) throws IOException {
    part(
        out,
        JsonObject.of("state", arrival.state())
            .with("sections", JsonArray.ofStrings(arrival.sections())));
    out.flush();
  }

  private static void part(DataOutputStream out, JsonObject json) throws IOException {
    byte[] bytes = json.toJson().getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /**
   * Reads what comes first and checks that the guest fits.
   *
   * @param section the number of the memory among what has state
   * @throws StreamRefusal if it does not, or the stream is none
   */
  static void readStart(DataInputStream in, String machine, long memory, int section)
      throws IOException, StreamRefusal {
    byte[] magic = in.readNBytes(MAGIC.length);
    if (!java.util.Arrays.equals(magic, MAGIC)) {
      throw new StreamRefusal("Not a migration stream");
    }
    JsonObject header = part(in);
    String theirs = header.text("machine").orElse("");
    if (!theirs.equals(machine)) {
      throw new StreamRefusal(
          "Machine type received is '" + theirs + "' and local is '" + machine + "'");
    }
    long size = header.get("memory").orElse(header) instanceof JsonNumber.Signed n ? n.value() : 0;
    if (size != memory) {
      throw new StreamRefusal(
          "Size mismatch: s390.ram: 0x"
              + Long.toHexString(size)
              + " != 0x"
              + Long.toHexString(memory)
              + ": Invalid argument",
          "error while loading state for instance 0x0 of device 'ram'");
    }
    drop(in, in.readInt(), section);
  }

  /** Reads what is of no use. To skip it would be to seek, which a pipe cannot. */
  private static void drop(DataInputStream in, int size, int section)
      throws IOException, StreamRefusal {
    byte[] chunk = new byte[CHUNK];
    try {
      for (int left = size; left > 0; left -= CHUNK) {
        in.readFully(chunk, 0, Math.min(CHUNK, left));
      }
    } catch (EOFException sourceIsGone) {
      throw new StreamRefusal(
          "Unknown combination of migration flags: 0x0",
          "error while loading state section id " + section + "(ram)");
    }
  }

  /**
   * Waits for the rest and checks that every part of it has a place here.
   *
   * @throws StreamRefusal if one has not, or the stream ends early
   */
  static Arrival readEnd(DataInputStream in, List<String> sections)
      throws IOException, StreamRefusal {
    JsonObject rest = part(in);
    JsonArray theirs =
        rest.get("sections").orElse(rest) instanceof JsonArray a ? a : JsonArray.EMPTY;
    List<String> received =
        theirs.items().stream().map(item -> item instanceof JsonString s ? s.text() : "").toList();
    for (String section : received) {
      if (!sections.contains(section)) {
        throw new StreamRefusal(
            "Unknown savevm section or instance "
                + section
                + ". Make sure that your current VM setup matches your saved VM setup, including"
                + " any hotplugged devices");
      }
    }
    return new Arrival(rest.text("state").orElse(""), received);
  }

  private static JsonObject part(DataInputStream in) throws IOException, StreamRefusal {
    try {
      int length = in.readInt();
      if (length < 0 || length > LONGEST_PART) {
        throw new StreamRefusal("Unknown savevm section type " + (length & 0xFF));
      }
      String text = new String(in.readNBytes(length), StandardCharsets.UTF_8);
      return (JsonObject) JsonReader.parse(text);
    } catch (EOFException | JsonSyntaxException | ClassCastException broken) {
      throw new StreamRefusal("check_section_footer: Read section footer failed: -5");
    }
  }

  /**
   * A guest that arrives.
   *
   * @param state the run state that it had
   * @param sections what brought state
   */
  record Arrival(String state, List<String> sections) {}
}
