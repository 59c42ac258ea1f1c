package org.vfioap.qemu.process;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.vfioap.qemu.guest.Guest;
import org.vfioap.qemu.guest.GuestEnvironment;
import org.vfioap.qemu.guest.ShutdownCause;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.monitor.EventLoop;
import org.vfioap.qemu.options.OptionString;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.script.Journal;
import org.vfioap.qemu.script.Script;
import org.vfioap.qemu.vfio.VfioHost;

/** A process that poses as QEMU: everything between its arguments and its end. */
public final class QemuProcess implements AutoCloseable {
  private final EventLoop loop;
  private final Console console;
  private final CommandLine line;
  private final Monitors monitors;
  private final Guest guest;
  private Optional<Path> pidFile = Optional.empty();

  private QemuProcess(
      EventLoop loop, Console console, CommandLine line, Monitors monitors, Guest guest) {
    this.loop = loop;
    this.console = console;
    this.line = line;
    this.monitors = monitors;
    this.guest = guest;
  }

  /**
   * Starts: parses the arguments, opens sockets, builds the guest. Nothing is served before {@link
   * #run}.
   *
   * @param program the name that stands before errors
   * @param unplugDelay how long DEVICE_DELETED follows the answer to device_del
   * @param stderr takes what goes to standard error
   * @throws EndedEarly if the arguments make QEMU print something and end, or are refused
   */
  public static QemuProcess start(
      String program,
      List<String> arguments,
      VfioHost host,
      Duration unplugDelay,
      Consumer<String> stderr)
      throws EndedEarly, IOException {
    Console console = new Console(program, stderr);
    try {
      CommandLine line = CommandLine.parse(program, arguments);
      new HelpTexts(line).check();
      return start(line, host, unplugDelay, console);
    } catch (Exit exit) {
      boolean message = !exit.err().isEmpty();
      throw new EndedEarly(exit.status(), exit.out(), message ? console.stamp() + exit.err() : "");
    }
  }

  private static QemuProcess start(
      CommandLine line, VfioHost host, Duration unplugDelay, Console console)
      throws Exit, IOException {
    for (CommandLine.Option option : line.all("msg")) {
      if (option.value().contains("timestamp=on")) {
        console.enableTimestamps();
      }
    }
    ColdDevices.checkSyntax(line);
    new OptionChecks(line).check();
    var configuration = new GuestOptions(line, host, console).read(unplugDelay);
    Chardevs chardevs = new Chardevs(line, console);
    chardevs.openAll();
    List<Monitors.Wish> wishes = wishes(line, chardevs);
    EventLoop loop = EventLoop.open();
    Monitors monitors = new Monitors(loop, console, chardevs.all());
    Guest guest = guest(configuration, loop, console, monitors);
    for (Chardev each : chardevs.all().values()) {
      guest.addChardev(each);
    }
    QemuProcess process = new QemuProcess(loop, console, line, monitors, guest);
    process.complete(wishes);
    return process;
  }

  private static Guest guest(
      org.vfioap.qemu.guest.GuestConfiguration configuration,
      EventLoop loop,
      Console console,
      Monitors monitors)
      throws Exit {
    GuestEnvironment environment =
        new GuestEnvironment() {
          @Override
          public void event(String name, JsonObject data) {
            monitors.event(name, data);
          }

          @Override
          public void after(Duration delay, Runnable action) {
            loop.after(delay, action);
          }

          @Override
          public void print(String text) {
            console.print(text);
          }

          @Override
          public void say(String text) {
            System.out.print(text);
            System.out.flush();
          }

          @Override
          public void execute(Runnable action) {
            loop.execute(action);
          }

          @Override
          public void exit(int status) {
            monitors.setExitStatus(status);
            loop.stop();
          }
        };
    try {
      return Guest.create(configuration, environment);
    } catch (QemuError refused) {
      throw Exit.failing(configuration.program() + ": " + refused.text() + "\n");
    }
  }

  private static List<Monitors.Wish> wishes(CommandLine line, Chardevs chardevs) throws Exit {
    List<Monitors.Wish> wishes = new ArrayList<>();
    for (CommandLine.Option option : line.options()) {
      switch (option.name()) {
        case "qmp", "qmp-pretty" -> {
          boolean pretty = option.name().equals("qmp-pretty");
          wishes.add(new Monitors.Wish(chardevs.openCompatible(option), false, pretty));
        }
        case "monitor" -> {
          if (!option.value().startsWith("none")) {
            wishes.add(new Monitors.Wish(chardevs.openCompatible(option), true, false));
          }
        }
        case "mon" -> wishes.add(wish(line, option, chardevs));
        default -> {}
      }
    }
    return wishes;
  }

  private static Monitors.Wish wish(CommandLine line, CommandLine.Option option, Chardevs chardevs)
      throws Exit {
    OptionString options = OptionString.parse(option.value(), "chardev");
    String mode = options.get("mode").orElse("readline");
    if (!mode.equals("readline") && !mode.equals("control")) {
      throw line.failure(
          option.location() + ": Parameter 'mode' does not accept value '" + mode + "'\n");
    }
    if (mode.equals("readline") && options.isOn("pretty", false)) {
      throw line.failure(option.location() + ": 'pretty' is not compatible with HMP monitors\n");
    }
    Chardev chardev = chardevs.find(options.get("chardev").orElse(""), option);
    return new Monitors.Wish(chardev, mode.equals("readline"), options.isOn("pretty", false));
  }

  private void complete(List<Monitors.Wish> wishes) throws Exit, IOException {
    writePidFile();
    ColdDevices devices = new ColdDevices(line, guest);
    devices.createObjects();
    devices.createDevices();
    guest.life().start();
    monitors.serve(wishes, guest);
    receive();
  }

  private void receive() throws Exit {
    for (CommandLine.Option option : line.all("incoming")) {
      if (!option.value().equals("defer")) {
        try {
          guest.migration().receive(option.value(), false);
        } catch (QemuError refused) {
          throw line.failure(option.location() + ": " + refused.text() + "\n");
        }
      }
    }
  }

  private void writePidFile() throws Exit {
    Optional<String> wanted = line.last("pidfile");
    if (wanted.isPresent()) {
      pidFile = Optional.of(Path.of(wanted.get()));
      try {
        Files.writeString(pidFile.get(), ProcessHandle.current().pid() + "\n");
      } catch (IOException refused) {
        throw line.failure(
            "cannot create PID file: Could not create '"
                + pidFile.get()
                + ("': " + reason(refused) + "\n"));
      }
    }
  }

  private static String reason(IOException refused) {
    if (refused instanceof AccessDeniedException) {
      return "Permission denied";
    }
    String system = refused instanceof FileSystemException file ? file.getReason() : null;
    return system == null ? "No such file or directory" : system;
  }

  /** Lets {@code script} disturb the monitors and {@code journal} note what they get. */
  public void rehearse(Script script, Journal journal) {
    monitors.rehearse(script, journal);
  }

  /** Says whether the process is to go to the background. */
  public boolean isDaemon() {
    return line.has("daemonize");
  }

  /** Serves until the guest ends. */
  public void run() {
    loop.run();
  }

  /** Returns the status that the process ends with. */
  public int exitStatus() {
    return monitors.exitStatus();
  }

  /** Ends the guest because of a signal, as the process that {@code sender} names asked for. */
  public void terminate(int signal, String sender) {
    loop.execute(
        () -> {
          console.report("terminating on signal " + signal + " from " + sender + "\n");
          guest.life().quit(ShutdownCause.HOST_SIGNAL);
        });
  }

  /** Makes {@link #run} return without any event. */
  public void stop() {
    loop.stop();
  }

  /** Runs {@code action} on the loop's thread. */
  public void execute(Runnable action) {
    loop.execute(action);
  }

  /** Returns the guest; it may be touched only on the loop's thread. */
  public Guest guest() {
    return guest;
  }

  @Override
  public void close() throws IOException {
    guest.close();
    monitors.close();
    loop.close();
    if (pidFile.isPresent()) {
      Files.deleteIfExists(pidFile.get());
    }
  }
}
