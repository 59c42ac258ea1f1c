package org.vfioap.qemu;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.vfioap.qemu.persona.QemuVersion;
import org.vfioap.qemu.process.EndedEarly;
import org.vfioap.qemu.process.QemuProcess;
import org.vfioap.qemu.process.SignalWatch;
import org.vfioap.qemu.vfio.DescribedHost;
import org.vfioap.qemu.vfio.MountedHost;
import org.vfioap.qemu.vfio.VfioHost;

/**
 * The program: its first argument is the path it was called by, the rest is QEMU's command line.
 *
 * <p>{@code FIXTURE_HOST} describes the host in JSON; without it the host is what is mounted at
 * /sys and /dev. {@code FIXTURE_UNPLUG_DELAY_MS} is how long DEVICE_DELETED follows device_del
 * (50). {@code FIXTURE_QEMU} is the version: 7.2, 10.0 or 11.1.
 */
public final class QemuMain {
  private static final Duration UNPLUG_DELAY = Duration.ofMillis(50);

  private QemuMain() {}

  /** Runs until the guest ends. */
  public static void main(String[] arguments) throws IOException {
    String path = arguments.length > 0 ? arguments[0] : "qemu-system-s390x";
    List<String> rest =
        Arrays.asList(arguments).subList(Math.min(1, arguments.length), arguments.length);
    String program = path.substring(path.lastIndexOf('/') + 1);
    int status = 0;
    try {
      chooseVersion();
      QemuProcess process =
          QemuProcess.start(program, rest, host(), unplugDelay(), new StandardError());
      serve(process);
      status = process.exitStatus();
    } catch (EndedEarly ended) {
      print(FileDescriptor.out, ended.out());
      print(FileDescriptor.err, ended.err());
      status = ended.status();
    } catch (WrongSetting wrong) {
      print(FileDescriptor.err, program + ": " + wrong.getMessage() + "\n");
      status = 1;
    }
    Runtime.getRuntime().halt(status);
  }

  /** An environment variable that cannot be what it is. */
  private static final class WrongSetting extends Exception {
    private static final long serialVersionUID = 1L;

    WrongSetting(String name, String message) {
      super(name + ": " + message, null, false, false);
    }
  }

  private static void chooseVersion() throws WrongSetting {
    String name = System.getenv("FIXTURE_QEMU");
    if (name != null) {
      try {
        QemuVersion.parse(name).enter();
      } catch (IllegalArgumentException wrong) {
        throw new WrongSetting("FIXTURE_QEMU", String.valueOf(wrong.getMessage()));
      }
    }
  }

  private static VfioHost host() throws WrongSetting {
    String described = System.getenv("FIXTURE_HOST");
    try {
      return described == null ? MountedHost.at(Path.of("/")) : DescribedHost.parse(described);
    } catch (IllegalArgumentException wrong) {
      throw new WrongSetting("FIXTURE_HOST", String.valueOf(wrong.getMessage()));
    }
  }

  private static Duration unplugDelay() throws WrongSetting {
    String millis = System.getenv("FIXTURE_UNPLUG_DELAY_MS");
    if (millis == null) {
      return UNPLUG_DELAY;
    }
    if (!millis.matches("[0-9]{1,9}")) {
      throw new WrongSetting(
          "FIXTURE_UNPLUG_DELAY_MS", "'" + millis + "' is no number; allowed: up to nine digits");
    }
    return Duration.ofMillis(Long.parseLong(millis));
  }

  private static void serve(QemuProcess process) throws IOException {
    SignalWatch.install(process);
    if (process.isDaemon()) {
      detach();
    }
    try (process) {
      process.run();
    }
  }

  /** Writes UTF-8 whatever the locale says; if nobody reads any more, QEMU goes on too. */
  private static void print(FileDescriptor descriptor, String text) {
    if (text.isEmpty()) {
      return;
    }
    try (FileOutputStream stream = new Shared(descriptor)) {
      stream.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException nobodyReads) {
      return;
    }
  }

  /** Tells the launcher that all is ready and lets go of the terminal. */
  private static void detach() throws IOException {
    print(FileDescriptor.out, "OK\n");
    new FileInputStream(FileDescriptor.in).close();
    new FileOutputStream(FileDescriptor.out).close();
    new FileOutputStream(FileDescriptor.err).close();
  }

  /** Takes what the guest prints on standard error. */
  private static final class StandardError implements Consumer<String> {
    @Override
    public void accept(String text) {
      print(FileDescriptor.err, text);
    }
  }

  /** A stream whose end leaves the descriptor open. */
  private static final class Shared extends FileOutputStream {
    Shared(FileDescriptor descriptor) {
      super(descriptor);
    }

    @Override
    public void close() {}
  }
}
