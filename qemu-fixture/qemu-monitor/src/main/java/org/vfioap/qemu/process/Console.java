package org.vfioap.qemu.process;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.Consumer;

/** Standard error as QEMU writes it. Source: util/qemu-error.c of QEMU 7.2. */
final class Console {
  private final String program;
  private final Consumer<String> stderr;
  private boolean timestamps;

  Console(String program, Consumer<String> stderr) {
    this.program = program;
    this.stderr = stderr;
  }

  void enableTimestamps() {
    timestamps = true;
  }

  /** Prints as it is. */
  void print(String text) {
    stderr.accept(text);
  }

  /** Prints on standard output. */
  void say(String text) {
    System.out.print(text);
    System.out.flush();
  }

  /** Prints after the program's name. */
  void report(String text) {
    stderr.accept(stamp() + program + ": " + text);
  }

  String stamp() {
    if (!timestamps) {
      return "";
    }
    DateTimeFormatter format = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z' ");
    return format.format(Instant.now().atOffset(ZoneOffset.UTC));
  }
}
