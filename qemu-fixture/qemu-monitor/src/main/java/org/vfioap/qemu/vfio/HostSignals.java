package org.vfioap.qemu.vfio;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads what a described host's kernel signals from a named pipe, line by line. */
final class HostSignals extends Thread {
  private final String pipe;
  private final Consumer<String> listener;

  HostSignals(String pipe, Consumer<String> listener) {
    super("host signals");
    setDaemon(true);
    this.pipe = pipe;
    this.listener = listener;
  }

  @Override
  public void run() {
    try (BufferedReader lines = Files.newBufferedReader(Path.of(pipe), StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        listener.accept(line);
      }
    } catch (IOException gone) {
      // Then nothing is signalled any more.
    }
  }
}
