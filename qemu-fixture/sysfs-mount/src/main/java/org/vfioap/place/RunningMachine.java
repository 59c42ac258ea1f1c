package org.vfioap.place;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A machine that runs on this computer.
 *
 * <p>A machine is its processes and nothing else: the first of them names it in its arguments, and
 * what belongs to it lies in the /run/vfioap that this process sees. So nothing has to be cleaned
 * when it was killed.
 *
 * @param pid its first process, as seen from here; of a booted machine its QEMU
 * @param name what {@code --name} said
 * @param folder the machine's folder, as seen from here
 */
public record RunningMachine(long pid, String name, Path folder) implements AutoCloseable {
  private static final Path PROCESSES = Path.of("/proc");
  private static final Pattern FIRST = Pattern.compile("NSpid:(.*\\s)?1");
  private static final String MARK = "vfioap-machine=";
  private static final String LIBVIRT = "run/libvirt/libvirt-sock";
  private static final String FOLDER = "root/run/vfioap";

  /** sh, its script, and the mark. */
  private static final int ARGUMENTS = 3;

  /** Returns this user's machines, sorted by name. */
  public static List<RunningMachine> all() {
    Object user = userOf(PROCESSES.resolve("self"));
    return ProcessHandle.allProcesses()
        .map(ProcessHandle::pid)
        .filter(pid -> user.equals(userOf(directory(pid))))
        .flatMap(pid -> of(pid).stream())
        .sorted(Comparator.comparing(RunningMachine::name).thenComparing(RunningMachine::pid))
        .toList();
  }

  /** Returns this user's machine of a name. */
  public static Optional<RunningMachine> find(String name) {
    return all().stream().filter(machine -> machine.name().equals(name)).findFirst();
  }

  private static Path directory(long pid) {
    return PROCESSES.resolve(Long.toString(pid));
  }

  private static Object userOf(Path process) {
    try {
      return Files.getAttribute(process, "unix:uid");
    } catch (IOException gone) {
      return -1;
    }
  }

  /** Tells whether it is the first of its namespace; its children begin with its arguments. */
  private static boolean isFirst(long pid) {
    try (Stream<String> lines =
        Files.lines(directory(pid).resolve("status"), StandardCharsets.ISO_8859_1)) {
      return lines.anyMatch(line -> FIRST.matcher(line).matches());
    } catch (IOException | UncheckedIOException gone) {
      return false;
    }
  }

  private static Optional<RunningMachine> of(long pid) {
    List<String> arguments = arguments(pid);
    Optional<String> name =
        arguments.stream()
            .skip(ARGUMENTS - 1)
            .limit(1)
            .filter(argument -> argument.startsWith(MARK))
            .map(argument -> argument.substring(MARK.length()))
            .findFirst();
    return name.isPresent() && isFirst(pid)
        ? Optional.of(new RunningMachine(pid, name.get(), directory(pid).resolve(FOLDER)))
        : BootedMachine.folder(arguments)
            .flatMap(
                folder ->
                    BootedMachine.name(folder).map(own -> new RunningMachine(pid, own, folder)));
  }

  private static List<String> arguments(long pid) {
    try {
      Path file = directory(pid).resolve("cmdline");
      return List.of(Files.readString(file, StandardCharsets.ISO_8859_1).split("\0", -1));
    } catch (IOException gone) {
      return List.of();
    }
  }

  /** Returns its root directory, reached through its first process. */
  public Path root() {
    return directory(pid).resolve("root");
  }

  /** Returns its /sys, for programs outside of it. */
  public Path sys() {
    return root().resolve("sys");
  }

  /** Returns the socket on which it is told what to do. */
  public Path control() {
    return folder.resolve("control");
  }

  /** Returns what a client of libvirt outside of it connects to, if a libvirtd runs in it. */
  public Optional<String> libvirtUri() {
    Path socket = root().resolve(LIBVIRT);
    return Files.exists(socket)
        ? Optional.of("qemu+unix:///system?socket=" + socket)
        : Optional.empty();
  }

  /**
   * Returns a builder of a command in the machine, as {@code vfioap exec}: it finds the machine at
   * /sys, and keeps environment and user. Its folder is that of this program, or / where the
   * machine has no such folder.
   */
  public ProcessBuilder command(String... command) {
    return new Entrance(this).command("enter.sh", Entrance.behindFolder(command));
  }

  /** Returns a builder of a command in a guest, as {@code vfioap guest NAME exec}. */
  public ProcessBuilder guestCommand(String guest, String... command) {
    return new Entrance(this).command("guest.sh", Entrance.behindFolder(command), guest);
  }

  /**
   * Runs a command in the machine without input, and returns when it has ended.
   *
   * @throws InterruptedException if this thread is interrupted; the command is ended then
   */
  public Execution exec(String... command) throws InterruptedException {
    return Entrance.run(command(command));
  }

  /** Tells whether its files are there. */
  public boolean isReady() {
    return Files.exists(folder().resolve("ready"));
  }

  /** Returns the preset or file that it was made from, as it was given; empty if it just ended. */
  public String source() {
    try {
      byte[] text = Files.readAllBytes(folder().resolve("machine"));
      return new String(text, StandardCharsets.UTF_8).strip();
    } catch (IOException gone) {
      return "";
    }
  }

  /** Returns when it was started. */
  public Optional<Instant> since() {
    return ProcessHandle.of(pid).flatMap(process -> process.info().startInstant());
  }

  /** Ends all its processes, as pulling the plug does, and waits until the last one is gone. */
  public void stop() {
    ProcessHandle.of(pid).ifPresent(RunningMachine::stop);
  }

  /** Ends it, like {@link #stop}. */
  @Override
  public void close() {
    stop();
  }

  private static void stop(ProcessHandle first) {
    first
        .parent()
        .flatMap(ProcessHandle::parent)
        .filter(LastWords::areKeptBy)
        .ifPresent(ProcessHandle::destroyForcibly);
    if (first.destroyForcibly()) {
      first.onExit().join();
    }
  }

  /**
   * Tells the machine to do something and passes its answer on, line by line, until it is complete.
   *
   * @param words a verb and what belongs to it
   * @throws Refused if the machine refuses, or ends meanwhile
   */
  public void tell(List<String> words, Consumer<String> line) {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(control());
    try (SocketChannel channel = SocketChannel.open(address);
        Writer out = Channels.newWriter(channel, StandardCharsets.UTF_8);
        BufferedReader in =
            new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8))) {
      out.write(Wire.request(words));
      out.flush();
      while (true) {
        String text = in.readLine();
        if (text == null) {
          throw new Refused("the machine " + name + " has ended");
        }
        Wire.Part part = Wire.part(text);
        switch (part.key()) {
          case Wire.ERROR -> throw new Refused(part.text());
          case Wire.DONE -> {
            return;
          }
          default -> line.accept(part.text());
        }
      }
    } catch (IOException e) {
      throw new Refused("the machine " + name + " does not answer: " + e.getMessage());
    }
  }
}
