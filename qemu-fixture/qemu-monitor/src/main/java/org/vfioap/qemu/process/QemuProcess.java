package org.vfioap.qemu.process;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.vfioap.qemu.guest.Guest;
import org.vfioap.qemu.guest.GuestConfiguration;
import org.vfioap.qemu.guest.GuestEnvironment;
import org.vfioap.qemu.guest.ShutdownCause;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.monitor.EventLoop;
import org.vfioap.qemu.persona.QemuVersion;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qdev.UnplugFault;
import org.vfioap.qemu.script.Journal;
import org.vfioap.qemu.script.Rehearsal;
import org.vfioap.qemu.script.Script;
import org.vfioap.qemu.vfio.VfioHost;

/** A process that poses as QEMU: everything between its arguments and its end. */
public final class QemuProcess implements AutoCloseable {
  private final EventLoop loop;
  private final Console console;
  private final CommandLine line;
  private final Monitors monitors;
  private final Guest guest;
  private final PidFile pidFile;
  private final QemuVersion version = QemuVersion.current();

  private QemuProcess(
      EventLoop loop,
      Console console,
      CommandLine line,
      Monitors monitors,
      Guest guest,
      PidFile pidFile) {
    this.pidFile = pidFile;
    this.loop = loop;
    this.console = console;
    this.line = line;
    this.monitors = monitors;
    this.guest = guest;
  }

  /**
   * Starts: parses the arguments, opens sockets, builds the guest. Nothing is served before {@link
   * #run}. The QEMU is that of the calling thread, {@link QemuVersion#current}.
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
      if (HelpTexts.isAskedFor(arguments) && host.kvm().isPresent()) {
        line.buildWithKvm();
      }
      OptionPass pass = new OptionPass(line, console);
      pass.run();
      new OptionChecks(line).check();
      new HelpTexts(line).check();
      return start(line, pass, host, unplugDelay, console);
    } catch (Exit exit) {
      boolean message = !exit.err().isEmpty();
      throw new EndedEarly(exit.status(), exit.out(), message ? console.stamp() + exit.err() : "");
    }
  }

  private static QemuProcess start(
      CommandLine line, OptionPass pass, VfioHost host, Duration unplugDelay, Console console)
      throws Exit, IOException {
    PidFile pidFile = PidFile.write(line);
    try {
      return build(new Startup(line, pass, host, console), pidFile, unplugDelay);
    } catch (Exit exit) {
      pidFile.close();
      throw exit;
    }
  }

  private static QemuProcess build(Startup startup, PidFile pidFile, Duration unplugDelay)
      throws Exit, IOException {
    CommandLine line = startup.line();
    Console console = startup.console();
    startup.machine();
    Chardevs chardevs = startup.backends();
    GuestConfiguration configuration = startup.configuration(unplugDelay);
    EventLoop loop = EventLoop.open();
    Monitors monitors = new Monitors(loop, chardevs.all());
    Guest guest = guest(configuration, loop, console, monitors);
    for (Chardev each : chardevs.all().values()) {
      guest.addChardev(each);
    }
    QemuProcess process = new QemuProcess(loop, console, line, monitors, guest, pidFile);
    process.complete(startup);
    return process;
  }

  private static Guest guest(
      GuestConfiguration configuration, EventLoop loop, Console console, Monitors monitors)
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
          public void afterOrdered(Duration delay, Runnable action) {
            monitors
                .rehearsal()
                .ifPresentOrElse(
                    rehearsed -> rehearsed.after(delay, action), () -> loop.after(delay, action));
          }

          @Override
          public UnplugFault unplugFault() {
            return monitors.rehearsal().map(Rehearsal::unplugFault).orElse(UnplugFault.NONE);
          }

          @Override
          public void checkPlug() throws QemuError {
            Optional<Rehearsal> rehearsed = monitors.rehearsal();
            if (rehearsed.isPresent()) {
              rehearsed.get().checkPlug();
            }
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
      throw Exit.failing(configuration.program() + ": " + refused.text() + "\n" + refused.hint());
    }
  }

  private void complete(Startup startup) throws Exit, IOException {
    startup.checkFiles();
    ColdDevices devices = new ColdDevices(line, guest, console);
    devices.applyGlobals();
    devices.createObjects(startup.objects(), true);
    guest.addOwnObjects(Monitors.objects(startup.wishes()));
    devices.createNetworks(startup.networks());
    devices.createObjects(startup.objects(), false);
    devices.createDevices(startup.disks());
    if (startup.disks().isPresent()) {
      DiskOptions.checkOrphans(line);
    }
    devices.checkNetworks(startup.networks());
    devices.checkGlobals();
    OtherOptions.checkEnd(line);
    if (line.wantsVnc()) {
      new DisplayOptions(line, guest, console, startup.objects()).open();
    }
    guest.life().start();
    monitors.serve(startup.wishes(), guest);
    receive();
  }

  private void receive() throws Exit {
    for (CommandLine.Option option : line.all("incoming")) {
      if (!option.value().equals("defer")) {
        try {
          guest.migration().receive(option.value(), false);
        } catch (QemuError refused) {
          throw line.failure("-incoming " + option.value() + ": " + refused.text() + "\n");
        }
      }
    }
  }

  /** Lets {@code script} disturb the monitors and {@code journal} note what they get. */
  public Rehearsal rehearse(Script script, Journal journal) {
    return monitors.rehearse(script, journal);
  }

  /** Serves a further machine-readable monitor that neither guest nor clients can see. */
  public void observe(ServerSocketChannel channel) throws IOException {
    monitors.observe(channel);
  }

  /** Says whether the process is to go to the background. */
  public boolean isDaemon() {
    return line.has("daemonize");
  }

  /** Serves until the guest ends. */
  public void run() {
    version.enter();
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

  /**
   * Runs {@code action} on the loop's thread when it has read what clients sent before, and done
   * what that made it do at once.
   */
  public void afterInput(Runnable action) {
    Runnable afterTimers = () -> loop.after(Duration.ZERO, action);
    Runnable afterReading = () -> loop.execute(afterTimers);
    loop.execute(() -> loop.after(Duration.ZERO, afterReading));
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
    pidFile.close();
  }
}
