package org.vfioap.qemu.process;

import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vfioap.qemu.host.Errno;
import org.vfioap.qemu.host.HostPath;
import org.vfioap.qemu.options.OptionList;
import org.vfioap.qemu.options.OptionString;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qapi.Refusals;

/**
 * What the back ends of character devices miss or cannot open. Source: chardev/char-*.c of QEMU
 * 7.2, and measured.
 */
final class ChardevRules {
  private final OptionString options;
  private final Map<String, Chardev> others;

  private final FdSets sets;

  private ChardevRules(OptionString options, Map<String, Chardev> others, FdSets sets) {
    this.options = options;
    this.others = others;
    this.sets = sets;
  }

  /**
   * Checks a character device.
   *
   * @param backend in modern words
   * @param others those that there are already
   * @param sets what stands for a file that somebody else opened
   * @throws QemuError if it cannot be made
   */
  static void check(String backend, OptionString options, Map<String, Chardev> others, FdSets sets)
      throws QemuError {
    ChardevRules rules = new ChardevRules(options, others, sets);
    rules.check(backend);
    rules.openLog();
  }

  /** Returns the name of a back end that replaces an old one. */
  static String modern(String backend) {
    return switch (backend) {
      case "tty" -> "serial";
      case "parport" -> "parallel";
      default -> backend;
    };
  }

  private void check(String backend) throws QemuError {
    switch (backend) {
      case "file" -> createFile(required(backend, "path", "no filename given"));
      case "pipe" -> checkPipe(required(backend, "path", "no device path given"));
      case "serial" -> checkFile(required("serial/tty", "path", "no device path given"));
      case "parallel" -> checkParallel(required(backend, "path", "no device path given"));
      case "mux" -> checkBase(required(backend, "chardev", "no chardev given"));
      case "stdio" -> checkStdio();
      case "ringbuf", "memory" -> checkSize();
      case "udp" -> checkPort();
      case "socket" -> checkSocket();
      case "spicevmc" -> checkSpice(required("spice channel", "name", "no name given"));
      case "spiceport" -> {
        required("spice port", "name", "no name given");
        throw QemuError.generic("spice not enabled");
      }
      case "dbus" -> required(backend, "name", "no name given");
      case "braille" ->
          throw QemuError.generic("brlapi__openConnection: connect: " + Errno.ENOENT.text());
      default -> {}
    }
  }

  private String required(String backend, String key, String otherwise) throws QemuError {
    Optional<String> value = options.get(key);
    return value.orElseThrow(() -> QemuError.generic("chardev: " + backend + ": " + otherwise));
  }

  /** Refuses what is not there. */
  static void checkFile(String path) throws QemuError {
    Refusals.checkReadable(path);
  }

  /** Two pipes have the name with an ending each, one for each direction. */
  private static void checkPipe(String path) throws QemuError {
    boolean pair =
        Files.exists(HostPath.of(path + ".in")) && Files.exists(HostPath.of(path + ".out"));
    if (!pair) {
      checkFile(path);
    }
  }

  private static void checkParallel(String path) throws QemuError {
    checkFile(path);
    throw QemuError.generic("not a parallel port: " + Errno.ENOTTY.text());
  }

  private static void checkSpice(String name) throws QemuError {
    if (!Set.of("vdagent", "smartcard", "usbredir").contains(name)) {
      throw QemuError.generic("unsupported type name: " + name)
          .withHint("allowed spice char type names: vdagent, smartcard, usbredir\n");
    }
  }

  private void createFile(String path) throws QemuError {
    if (!FdSets.isSet(path)) {
      ChardevFile.create(path, options.isOn("append", false));
    } else if (!sets.has(path)) {
      throw Refusals.unopened(path, Errno.ENOENT);
    }
  }

  private void openLog() throws QemuError {
    Optional<String> path = options.get("logfile");
    boolean append = options.isOn("logappend", false);
    if (path.isPresent() && !FdSets.isSet(path.get())) {
      ChardevFile.log(path.get(), append);
    } else if (path.isPresent() && !sets.has(path.get())) {
      String flags = append ? "441" : "241";
      throw QemuError.generic(
          "Could not dup FD for " + path.get() + " flags " + flags + ": " + Errno.ENOENT.text());
    }
  }

  private void checkBase(String base) throws QemuError {
    if (!others.containsKey(base)) {
      throw QemuError.generic("mux: base chardev " + base + " not found");
    }
  }

  private void checkStdio() throws QemuError {
    if (others.values().stream().anyMatch(other -> other.backend().equals("stdio"))) {
      throw QemuError.generic("cannot use stdio by multiple character devices");
    }
  }

  private void checkSize() throws QemuError {
    Optional<String> text = options.get("size");
    if (text.isPresent()) {
      long size = OptionList.size("size", text.get(), 1).bytes().orElse(0L);
      if (size != 0) { // which stands for the usual size
        checkRing(size);
      }
    }
  }

  static void checkRing(long size) throws QemuError {
    if (Long.bitCount(size) > 1) {
      throw QemuError.generic("size of ringbuf chardev must be power of two");
    }
  }

  static void checkFree(String label, Map<String, Chardev> others) throws QemuError {
    if (others.containsKey(label)) {
      throw QemuError.generic("Chardev with id '" + label + "' already exists");
    }
  }

  private void checkPort() throws QemuError {
    if (options.get("port").isEmpty()) {
      throw QemuError.generic("chardev: udp: remote port not specified");
    }
    Sockets.port(options.get("host").orElse("localhost"), options.get("port").get());
  }

  private void checkSocket() throws QemuError {
    boolean path = options.get("path").isPresent();
    boolean fd = options.get("fd").isPresent();
    boolean host = options.get("host").isPresent();
    if ((path && fd) || (path && host) || (fd && host)) {
      throw QemuError.generic("None or one of 'path', 'fd' or 'host' option required.");
    }
    if (host && options.get("port").isEmpty()) {
      throw QemuError.generic("chardev: socket: no port given");
    }
    if (!path && !fd && !host) {
      throw QemuError.generic("Unable to parse FD number ");
    }
    String number = options.get("fd").orElse("0");
    if (!number.matches("\\d+")) {
      throw QemuError.generic("Unable to parse FD number " + number);
    }
    checkExtras();
  }

  private void checkExtras() throws QemuError {
    boolean server = options.isOn("server", false);
    Optional<String> credentials = options.get("tls-creds");
    if (credentials.isPresent()) {
      throw QemuError.generic("No TLS credentials with id '" + credentials.get() + "'");
    }
    if (options.isOn("websocket", false) && !server) {
      throw QemuError.generic("Websocket client is not implemented");
    }
  }
}
