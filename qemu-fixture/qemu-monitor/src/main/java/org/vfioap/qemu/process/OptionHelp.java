package org.vfioap.qemu.process;

import java.util.Optional;
import java.util.Set;
import org.vfioap.qemu.options.OptionString;
import org.vfioap.qemu.recording.Recording;

/**
 * What an option prints instead of doing anything: the list of its keys, drivers or events. Source:
 * util/qemu-option.c (qemu_opts_print_help), trace/control.c, audio/audio.c and blockdev.c of QEMU
 * 7.2; the texts are recorded.
 */
final class OptionHelp {
  /** These end with a failure, since nothing was asked for. */
  private static final Set<String> KEYS =
      Set.of("global", "msg", "iscsi", "add-fd", "vnc", "spice");

  private OptionHelp() {}

  /** Ends the process if the option asks for a text. */
  static void check(CommandLine.Option option) throws Exit {
    String name = option.name();
    String value = option.value();
    if (KEYS.contains(name) && wants(value)) {
      throw Exit.printing(HelpTexts.text("-" + name + " help")).withStatus(1);
    }
    switch (name) {
      case "boot" -> print(wants(value), "-boot help");
      case "audio", "audiodev" -> audio(value);
      case "drive" -> print(asks(value, "format"), "-drive format=help");
      case "tpmdev" -> {
        if (HelpTexts.isHelp(value)) {
          throw Exit.failing(HelpTexts.text("-tpmdev help complains"));
        }
      }
      case "trace" -> events(HelpTexts.isHelp(value));
      case "d" -> events(Set.of(value.split(",", 2)).contains("trace:help"));
      default -> {}
    }
  }

  private static boolean wants(String value) {
    return HelpTexts.isHelp(value.split(",", 2)[0]) || OptionString.parse(value, "").wantsHelp();
  }

  private static boolean asks(String value, String key) {
    return HelpTexts.isHelp(OptionString.parse(value, "").get(key).orElse(""));
  }

  private static void print(boolean wanted, String text) throws Exit {
    if (wanted) {
      throw Exit.printing(HelpTexts.text(text));
    }
  }

  /** Looking for drivers tells about those that are part of another package. */
  private static void audio(String value) throws Exit {
    if (wants(value) || asks(value, "driver")) {
      Optional<String> complaints = HelpTexts.find("-audiodev help complains");
      Exit exit = Exit.printing(HelpTexts.text("-audiodev help"));
      throw complaints.isPresent() ? exit.withErrors(complaints.get() + "\n") : exit;
    }
  }

  private static void events(boolean wanted) throws Exit {
    if (wanted) {
      throw Exit.printing(Recording.named("trace").get("events") + "\n");
    }
  }
}
