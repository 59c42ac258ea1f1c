package org.vfioap.qemu.transcript;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What a transcript is played against. */
interface Program extends AutoCloseable {
  /** Sends the signal called {@code name}. */
  void signal(String name) throws IOException, InterruptedException;

  /** Returns the exit status; -1 if the program still runs. */
  int status(long patience, TimeUnit unit) throws InterruptedException;

  /** Lets time pass; without effect where nothing depends on it. */
  void pause(long millis) throws InterruptedException;

  /** Returns what came on standard output. */
  String out() throws IOException;

  /** Returns what came on standard error. */
  String err() throws IOException;

  @Override
  void close();

  /** Starts a program. */
  interface Launcher {
    /**
     * Starts it.
     *
     * @param directory the current directory
     * @param host the host in JSON, if the transcript describes one
     */
    Program start(List<String> arguments, Path directory, Optional<String> host)
        throws IOException, InterruptedException;
  }
}
