package org.vfioap.qemu.process;

import java.util.Optional;
import java.util.Set;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.options.KeyvalParser;
import org.vfioap.qemu.options.OptionString;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qapi.Refusals;

/**
 * Options that give the guest something of the host, which nothing here uses but QEMU checks.
 * Source: fsdev/qemu-fsdev.c, hw/9pfs/9p-local.c, audio/audio.c and softmmu/icount.c of QEMU 7.2,
 * and measured.
 */
final class HostOptions {
  private static final Set<String> SOUND =
      Set.of(
          "none",
          "alsa",
          "coreaudio",
          "dbus",
          "dsound",
          "jack",
          "oss",
          "pa",
          "sdl",
          "sndio",
          "spice",
          "wav");
  private static final Set<String> SECURITY =
      Set.of("passthrough", "mapped-xattr", "mapped", "mapped-file", "none");
  private static final String SECURITY_HINT =
      "Valid options are: security_model=[passthrough|mapped-xattr|mapped-file|none]\n";

  private HostOptions() {}

  static void check(CommandLine.Option option) throws QemuError {
    switch (option.name()) {
      case "icount" -> count(OptionString.parse(option.value(), "shift"));
      case "audiodev" -> sound(option.value());
      case "fsdev" -> folder(OptionString.parse(option.value(), "fsdriver"));
      default -> {}
    }
  }

  private static void count(OptionString options) throws QemuError {
    String shift = options.get("shift").orElse("auto");
    boolean fits = shift.equals("auto") || shift.matches("[0-9]|10");
    QemuError.require(fits, "icount: Invalid shift value");
    String rr = options.get("rr").orElse("record");
    QemuError.require(
        rr.equals("record") || rr.equals("replay"), "Invalid icount rr option: " + rr);
  }

  private static void sound(String text) throws QemuError {
    JsonObject members =
        text.startsWith("{") ? OptionPass.json(text) : KeyvalParser.parse(text, "driver");
    String driver = members.text("driver").orElse("");
    if (HelpTexts.isHelp(driver)) {
      return;
    }
    if (members.text("id").isEmpty()) {
      throw Refusals.missing("id");
    }
    if (!SOUND.contains(driver)) {
      throw Refusals.enumeration("driver", driver);
    }
  }

  private static void folder(OptionString options) throws QemuError {
    QemuError.require(options.id().isPresent(), "fsdev: No id specified");
    String driver = options.get("fsdriver").orElse("");
    QemuError.require(
        Set.of("local", "synth", "proxy").contains(driver),
        "fsdev: fsdriver " + driver + " not found");
    if (!driver.equals("local")) {
      return;
    }
    Optional<String> model = options.get("security_model");
    if (model.isEmpty()) {
      throw QemuError.generic("security_model property not set").withHint(SECURITY_HINT);
    }
    if (!SECURITY.contains(model.get())) {
      throw QemuError.generic("invalid security_model property '" + model.get() + "'")
          .withHint(SECURITY_HINT);
    }
    QemuError.require(options.get("path").isPresent(), "path property not set");
  }
}
