package org.vfioap.qemu.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.vfioap.qemu.descriptor.PseudoTerminal;
import org.vfioap.qemu.guest.GuestChardev;
import org.vfioap.qemu.host.SocketFile;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.monitor.Listening;
import org.vfioap.qemu.options.OptionList;
import org.vfioap.qemu.options.OptionString;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qmp.RingBuffer;

/**
 * A character device.
 *
 * @param label its identifier
 * @param backend the kind: {@code socket}, {@code null}, {@code stdio}, …
 * @param options its options
 * @param listening the socket, if it is one that listens
 * @param first the client that was waited for before anything else began
 * @param connected the socket, if it is one that has connected
 * @param ring what it keeps, if it is a ring buffer
 * @param terminal the terminal, if it is one
 */
record Chardev(
    String label,
    String backend,
    OptionString options,
    Optional<Listening> listening,
    Optional<SocketChannel> first,
    Optional<ConnectedSocket> connected,
    Optional<RingBuffer> ring,
    Optional<PseudoTerminal> terminal)
    implements GuestChardev {

  /** Opens a character device. */
  static Chardev open(String label, String backend, OptionString options) throws QemuError {
    boolean socket = backend.equals("socket");
    boolean listens = socket && Sockets.listens(options);
    return new Chardev(
        label,
        backend,
        options,
        listens ? Optional.of(Sockets.open(options)) : Optional.empty(),
        Optional.empty(),
        socket && !listens ? Optional.of(ConnectedSocket.open(options)) : Optional.empty(),
        backend.equals("ringbuf") || backend.equals("memory")
            ? Optional.of(RingBuffer.ofSize(size(options)))
            : Optional.empty(),
        backend.equals("pty") ? Optional.of(newTerminal()) : Optional.empty());
  }

  private static PseudoTerminal newTerminal() throws QemuError {
    try {
      return PseudoTerminal.open();
    } catch (IOException refused) {
      throw QemuError.generic("Failed to create PTY: " + refused.getMessage());
    }
  }

  /** Says whether the process does nothing until a client has connected. */
  boolean waits() {
    return listening.isPresent() && options.isOn("wait", true);
  }

  /** Returns this device with the client that was waited for. */
  Chardev with(SocketChannel client) {
    return new Chardev(
        label, backend, options, listening, Optional.of(client), connected, ring, terminal);
  }

  private static long size(OptionString options) throws QemuError {
    String size = options.get("size").orElse("0");
    return OptionList.size("size", size, 1).bytes().orElse(0L);
  }

  /** Returns the text that {@code query-chardev} shows for one that does not listen. */
  String filename() {
    if (connected.isPresent()) {
      return connected.get().filename();
    }
    return switch (backend) {
      case "pty" -> "pty:" + terminal.map(PseudoTerminal::path).orElse("");
      case "file" -> "file";
      default -> backend;
    };
  }

  /** Closes its sockets; nobody finds the one that listened any more. */
  void close() {
    try {
      if (connected.isPresent()) {
        connected.get().channel().close();
      }
      if (listening.isPresent()) {
        listening.get().close();
        unlink();
      }
      terminal.ifPresent(PseudoTerminal::close);
    } catch (IOException lost) {
      throw new UncheckedIOException(lost);
    }
  }

  /** Deletes the file of a socket that listens. */
  void unlink() throws IOException {
    Optional<String> path = options.get("path");
    if (listening.isPresent() && path.isPresent()) {
      SocketFile.remove(path.get());
    }
  }

  @Override
  public String objectText() {
    String type = "chardev-" + backend;
    String text = type + "\ntype\tstring\t\"" + type + "\"\n";
    return listening
        .map(socket -> text + "connected\tbool\ttrue\naddr\tSocketAddress\t" + address(socket))
        .orElse(text);
  }

  /** Returns the address as QOM shows it. Source: chardev/char-socket.c of QEMU 7.2. */
  private static String address(Listening socket) {
    String[] name = socket.filename().replaceFirst(",server=on$", "").split(":", 2);
    JsonObject address = JsonObject.empty();
    if (name[0].equals("unix")) {
      return address.with("path", name[1]).with("type", "unix").toJson();
    }
    int colon = name[1].lastIndexOf(':');
    return address
        .with("host", name[1].substring(0, colon))
        .with("port", name[1].substring(colon + 1))
        .with("ipv4", true)
        .with("type", "inet")
        .toJson();
  }
}
