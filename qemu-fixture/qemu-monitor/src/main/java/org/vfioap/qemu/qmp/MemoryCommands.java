package org.vfioap.qemu.qmp;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.vfioap.qemu.guest.Guest;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonText;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.QemuError;

/** What lies where in the guest's memory. Source: hw/s390x/ipl.c of QEMU 7.2. */
final class MemoryCommands implements CommandGroup {
  private static final Pattern ADDRESS = Pattern.compile("addr=([0-9a-f]{16})");
  private static final long USUAL_MEMORY = 128L << 20;
  private static final long CODE_BUFFER = 1L << 30;
  private static final long REGION = 2L << 20;
  private static final long REGION_LOSS = 4096 + 1024;

  /** How many flushes the start of one CPU saves. */
  private static final int FLUSHES = 12;

  private static final long FIRMWARE_CEILING = 1L << 31;

  private final Guest guest;

  MemoryCommands(Guest guest) {
    this.guest = guest;
  }

  @Override
  public Optional<JsonValue> run(String command, JsonObject arguments) throws QemuError {
    if (!guest.configuration().hasMachine()) {
      return Optional.empty();
    }
    return switch (command) {
      case "x-query-roms" -> Optional.of(readable(moved(recorded(command))));
      case "x-query-jit" -> Optional.of(readable(resized(recorded(command))));
      case "x-query-ramblock" ->
          Optional.of(readable(recorded(command).replace(hex(USUAL_MEMORY), hex(memory()))));
      default -> Optional.empty();
    };
  }

  private static JsonObject readable(String text) {
    return JsonObject.of("human-readable-text", JsonString.of(text));
  }

  private String recorded(String command) throws QemuError {
    String reply = guest.recording().get(command);
    JsonText json = (JsonText) RecordedCommands.reply(reply, Map.of());
    return ((JsonObject) json.parsed()).text("human-readable-text").orElse("");
  }

  private long memory() {
    return guest.configuration().memory();
  }

  private static String hex(long number) {
    return String.format(Locale.ROOT, "%016x", number);
  }

  /** The firmware lies 2 MiB below the end of memory, at most below 2 GiB. */
  private String moved(String text) {
    long end = Math.min(memory(), FIRMWARE_CEILING);
    return ADDRESS
        .matcher(text)
        .replaceAll(found -> "addr=" + hex(address(found) - USUAL_MEMORY + end));
  }

  /**
   * Each region of the buffer for translated code gives away a page that guards it and 1 KiB at its
   * end; a single CPU has one region, several have eight each while they are 2 MiB or more. Source:
   * tcg/region.c of QEMU 7.2 (tcg_n_regions, tcg_code_capacity).
   */
  private String resized(String text) {
    int cpus = guest.cpus().maximum();
    long all = CODE_BUFFER / REGION;
    long regions = cpus == 1 ? 1 : all <= cpus ? cpus : Math.min(all, 8L * cpus);
    int flushes = FLUSHES * guest.cpus().present().size();
    return text.replace(
            "/" + (CODE_BUFFER - REGION_LOSS), "/" + (CODE_BUFFER - regions * REGION_LOSS))
        .replace("elided flushes  " + FLUSHES, "elided flushes  " + flushes);
  }

  private static long address(MatchResult found) {
    return Long.parseLong(found.group(1), 16);
  }
}
