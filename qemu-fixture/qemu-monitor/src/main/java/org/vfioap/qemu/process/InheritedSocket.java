package org.vfioap.qemu.process;

import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import org.vfioap.qemu.descriptor.Descriptors;
import org.vfioap.qemu.monitor.Listening;
import org.vfioap.qemu.qapi.QemuError;

/**
 * A listening Unix socket that the parent process opened and handed over by number.
 *
 * <p>The JDK has no call for this; its own channel class does it. The program's manifest opens the
 * two packages of the JDK that are needed.
 */
final class InheritedSocket {
  private InheritedSocket() {}

  static Listening open(String number) throws QemuError {
    try {
      Constructor<?> constructor =
          Class.forName("sun.nio.ch.ServerSocketChannelImpl")
              .getDeclaredConstructor(
                  SelectorProvider.class,
                  ProtocolFamily.class,
                  FileDescriptor.class,
                  boolean.class);
      constructor.setAccessible(true);
      Object channel =
          constructor.newInstance(
              SelectorProvider.provider(),
              StandardProtocolFamily.UNIX,
              Descriptors.of(Integer.parseInt(number)),
              true);
      return new Listening(
          (ServerSocketChannel) channel, "unix:" + path(number) + ",server=on", true);
    } catch (NumberFormatException notANumber) {
      throw QemuError.generic("Unable to parse FD number " + number);
    } catch (ReflectiveOperationException | RuntimeException unusable) {
      throw QemuError.generic("File descriptor '" + number + "' is not a socket");
    }
  }

  /** Returns the path that the socket is bound to, as the kernel lists it. */
  private static String path(String number) {
    try {
      String link = Files.readSymbolicLink(Path.of("/proc/self/fd/" + number)).toString();
      String inode = link.replaceAll("\\D", "");
      for (String line : Files.readAllLines(Path.of("/proc/net/unix"))) {
        String[] fields = line.split("\\s+", -1);
        if (fields.length > 7 && fields[6].equals(inode)) {
          return fields[7];
        }
      }
    } catch (IOException unknown) {
      return "";
    }
    return "";
  }
}
