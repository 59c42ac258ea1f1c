package org.vfioap.qemu.process;

import java.util.List;
import java.util.Optional;
import org.vfioap.qemu.options.OptionString;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qdev.PropertyTable;
import org.vfioap.qemu.recording.Recording;

/**
 * Texts that end the process. Those of {@code -cpu}, {@code -device} and {@code -L} come once all
 * options are read. Source: softmmu/vl.c (qemu_process_help_options) of QEMU 7.2.
 */
final class HelpTexts {
  private final CommandLine line;

  HelpTexts(CommandLine line) {
    this.line = line;
  }

  /** Says whether a list may be asked for, which depends on how the program is built. */
  static boolean isAskedFor(List<String> arguments) {
    for (String argument : arguments) {
      if (isHelp(argument) || argument.contains("-s390x-cpu")) {
        return true;
      }
    }
    return false;
  }

  /** Returns the list of accelerators, which a build with KVM has more of. */
  static String accelerators(boolean kvm) {
    return text("-accel help") + (kvm ? "kvm\n" : "");
  }

  /** QEMU lists the model that stands for the host behind the first, before {@code max}. */
  private static String cpus(boolean kvm) {
    String list = text("-cpu help");
    int at = list.indexOf("max  ");
    int start = list.lastIndexOf('\n', at) + 1;
    String host = list.substring(start, at) + "host            KVM only: All recognized features\n";
    return kvm ? list.substring(0, start) + host + list.substring(start) : list;
  }

  private static String devices(boolean kvm) {
    String list = text("-device help");
    String next = "name \"max-s390x-cpu\"";
    return kvm ? list.replace(next, "name \"host-s390x-cpu\"\n" + next) : list;
  }

  static boolean isHelp(String value) {
    return value.equals("help") || value.equals("?");
  }

  /** Read only when needed: most processes print none of them. */
  static Optional<String> find(String name) {
    return Recording.named("cli").find(name);
  }

  static String text(String name) {
    return Recording.named("cli").get(name) + "\n";
  }

  static String usage(String program) {
    return text("help").replace("usage: qemu-system-s390x", "usage: " + program);
  }

  /** Looking for displays tells about one that is part of another package. */
  static Exit displays() {
    return Exit.printing(text("-display help")).withErrors(text("-display help complains"));
  }

  /** Ends the process if an option asks for a text. */
  void check() throws Exit {
    if (isHelp(line.last("cpu").orElse(""))) {
      throw Exit.printing(cpus(line.isKvmBuild()));
    }
    for (CommandLine.Option option : line.all("device")) {
      if (!option.value().startsWith("{")) {
        deviceHelp(option, OptionString.parse(option.value(), "driver"));
      }
    }
    for (String path : line.values("L")) {
      if (isHelp(path)) {
        throw Exit.printing(text("-L help"));
      }
    }
  }

  private void deviceHelp(CommandLine.Option option, OptionString options) throws Exit {
    Optional<String> driver = options.get("driver");
    if (isHelp(driver.orElse(""))) {
      throw Exit.printing(devices(line.isKvmBuild()));
    }
    if (options.wantsHelp() && driver.isPresent()) {
      try {
        throw Exit.printing(PropertyTable.help(driver.get()));
      } catch (QemuError unknown) {
        throw line.failure(option.location() + ": " + unknown.text() + "\n").withStatus(0);
      }
    }
  }
}
