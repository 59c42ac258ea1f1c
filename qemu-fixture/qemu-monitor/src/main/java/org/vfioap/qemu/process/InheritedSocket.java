package org.vfioap.qemu.process;

import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.Optional;
import org.vfioap.qemu.descriptor.Descriptors;
import org.vfioap.qemu.descriptor.SocketTable;
import org.vfioap.qemu.host.SocketText;
import org.vfioap.qemu.monitor.Listening;
import org.vfioap.qemu.qapi.QemuError;

/**
 * A socket that the parent process opened and handed over by number: one that listens, or one that
 * is connected, as one end of a pair is. Source: chardev/char-socket.c and util/qemu-sockets.c
 * (socket_get_fd, socket_listen) of QEMU 7.2.
 *
 * <p>The JDK has no call for this; its own channel classes do it. The program's manifest opens the
 * two packages of the JDK that are needed.
 */
final class InheritedSocket {
  private InheritedSocket() {}

  /**
   * Returns a socket that listens.
   *
   * @throws QemuError if it is no socket or does not listen
   */
  static Listening listening(String number) throws QemuError {
    SocketTable.Entry socket = find(number);
    if (!socket.listens()) {
      throw QemuError.generic("Failed to listen on fd socket: Invalid argument");
    }
    try {
      ServerSocketChannel channel =
          (ServerSocketChannel)
              constructor("sun.nio.ch.ServerSocketChannelImpl", boolean.class)
                  .newInstance(
                      SelectorProvider.provider(), family(socket), descriptor(number), true);
      String name =
          socket.isUnix()
              ? "unix:" + socket.path()
              : "tcp:" + SocketText.of((InetSocketAddress) channel.getLocalAddress());
      return new Listening(channel, name + ",server=on", true);
    } catch (ReflectiveOperationException | IOException | RuntimeException unusable) {
      throw noSocket(number);
    }
  }

  /**
   * Returns a socket that is connected.
   *
   * @throws QemuError if it is no socket
   */
  static ConnectedSocket connected(String number) throws QemuError {
    SocketTable.Entry socket = find(number);
    try {
      SocketChannel channel =
          (SocketChannel)
              constructor("sun.nio.ch.SocketChannelImpl", SocketAddress.class)
                  .newInstance(
                      SelectorProvider.provider(), family(socket), descriptor(number), null);
      String name = "unix:" + socket.path();
      if (!socket.isUnix()) {
        name = "tcp:" + SocketText.of((InetSocketAddress) channel.getLocalAddress());
      }
      return new ConnectedSocket(channel, name);
    } catch (ReflectiveOperationException | IOException | RuntimeException unusable) {
      throw noSocket(number);
    }
  }

  private static Constructor<?> constructor(String type, Class<?> last)
      throws ReflectiveOperationException {
    Constructor<?> constructor =
        Class.forName(type)
            .getDeclaredConstructor(
                SelectorProvider.class, ProtocolFamily.class, FileDescriptor.class, last);
    constructor.setAccessible(true);
    return constructor;
  }

  private static FileDescriptor descriptor(String number) throws ReflectiveOperationException {
    return Descriptors.of(Integer.parseInt(number));
  }

  private static ProtocolFamily family(SocketTable.Entry socket) {
    return socket.isUnix() ? StandardProtocolFamily.UNIX : StandardProtocolFamily.INET;
  }

  private static SocketTable.Entry find(String number) throws QemuError {
    Optional<SocketTable.Entry> found = SocketTable.find(number);
    if (found.isEmpty()) {
      throw noSocket(number);
    }
    return found.get();
  }

  private static QemuError noSocket(String number) {
    return QemuError.generic("File descriptor '" + number + "' is not a socket");
  }
}
