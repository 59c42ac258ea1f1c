package org.vfioap.qemu.host;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * The file of a Unix socket that listens. Source: util/qemu-sockets.c (unix_listen_saddr,
 * socket_listen_cleanup) of QEMU 7.2.
 *
 * <p>As with QEMU a file of that name is deleted before; but a device never is, which QEMU would
 * delete too.
 */
public final class SocketFile {
  private SocketFile() {}

  /**
   * Listens on {@code path}.
   *
   * @param waiting how many clients may wait
   * @throws IOException with QEMU's sentence
   */
  public static ServerSocketChannel listen(String path, int waiting) throws IOException {
    makeRoom(path);
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      return channel.bind(UnixDomainSocketAddress.of(HostPath.of(path)), waiting);
    } catch (IOException refused) {
      channel.close();
      throw failure("Failed to bind socket to " + path, Errno.of(refused));
    }
  }

  private static void makeRoom(String path) throws IOException {
    Path file = HostPath.of(path);
    try {
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        checkDeletable(file);
      }
      Files.deleteIfExists(file);
    } catch (FileSystemException refused) {
      throw failure("Failed to unlink socket " + path, Errno.of(refused));
    }
  }

  private static void checkDeletable(Path file) throws IOException {
    if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      throw refusal(file, Errno.EISDIR);
    }
    if (HostFiles.isDevice(file, LinkOption.NOFOLLOW_LINKS)) {
      throw refusal(file, Errno.EPERM);
    }
  }

  private static FileSystemException refusal(Path file, Errno why) {
    return new FileSystemException(file.toString(), null, why.text());
  }

  private static IOException failure(String what, Errno why) {
    return new IOException(what + ": " + why.text());
  }

  /** Deletes the file when nobody listens any more; something else of that name stays. */
  public static void remove(String path) throws IOException {
    Path file = HostPath.of(path);
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && HostFiles.isSocket(file)) {
      Files.deleteIfExists(file);
    }
  }
}
