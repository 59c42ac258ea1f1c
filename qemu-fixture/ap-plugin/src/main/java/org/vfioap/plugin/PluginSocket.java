package org.vfioap.plugin;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.vfioap.ap.Changes;
import org.vfioap.processor.Processor;

/**
 * The socket at which plugins ask what AP instructions do: {@code -plugin
 * ap-plugin.so,socket=PATH}.
 *
 * <p>It belongs to the user alone (0600). Each virtual CPU has a connection and a thread of its
 * own. Beside it lies a file of 4096 bytes, PATH.changes, which plugins map. After {@link #close}
 * the plugins say that the machine has ended, and their Linux goes on without adapters.
 */
public final class PluginSocket implements AutoCloseable {
  private final ServerSocketChannel server;
  private final Path path;
  private final Processor processor;
  private final ChangePage page;
  private final Changes.Handle changes;
  private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();

  private PluginSocket(ServerSocketChannel server, Path path, Processor processor)
      throws IOException {
    this.server = server;
    this.path = path;
    this.processor = processor;
    page = ChangePage.create(changesFile(path));
    changes = processor.onChange(page::moveOn);
  }

  private static Path changesFile(Path path) {
    return path.resolveSibling(path.getFileName() + ".changes");
  }

  /**
   * Listens at a path where nothing is yet.
   *
   * @throws IOException if the path is taken, too long or not to be written
   */
  public static PluginSocket open(Path path, Processor processor) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      server.bind(UnixDomainSocketAddress.of(path));
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
      PluginSocket socket = new PluginSocket(server, path, processor);
      start("ap-plugins", socket::accept);
      return socket;
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel channel = server.accept();
        connections.add(channel);
        start("ap-plugin", () -> converse(channel));
      }
    } catch (IOException closed) {
      // Closed by close().
    }
  }

  private void converse(SocketChannel channel) {
    try (channel) {
      new Conversation(channel, processor, page).hold();
    } catch (IOException ended) {
      // The QEMU has ended, or this machine.
    } finally {
      connections.remove(channel);
    }
  }

  /** Returns where it listens. */
  public Path path() {
    return path;
  }

  /** Ends all connections and removes the files; does nothing the second time. */
  @Override
  public void close() throws IOException {
    changes.close();
    server.close();
    for (SocketChannel connection : connections) {
      connection.close();
    }
    Files.deleteIfExists(path);
    Files.deleteIfExists(page.file());
  }
}
