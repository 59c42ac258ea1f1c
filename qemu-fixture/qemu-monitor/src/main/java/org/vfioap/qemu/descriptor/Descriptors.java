package org.vfioap.qemu.descriptor;

import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.channels.Channel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * The JDK's own views of file descriptors, which it does not show; the program opens the two
 * packages that are needed.
 */
public final class Descriptors {
  private Descriptors() {}

  /**
   * Returns the descriptor with a number.
   *
   * @throws ReflectiveOperationException if the JDK does not let this be made
   */
  public static FileDescriptor of(int number) throws ReflectiveOperationException {
    FileDescriptor descriptor = new FileDescriptor();
    Field field = FileDescriptor.class.getDeclaredField("fd");
    field.setAccessible(true);
    field.setInt(descriptor, number);
    return descriptor;
  }

  /** Returns the number of a channel's descriptor; nothing if the JDK does not say. */
  static OptionalInt numberOf(Channel channel) {
    try {
      Method number = Class.forName("sun.nio.ch.SelChImpl").getMethod("getFDVal");
      number.setAccessible(true);
      return OptionalInt.of((int) number.invoke(channel));
    } catch (ReflectiveOperationException | RuntimeException hidden) {
      return OptionalInt.empty();
    }
  }

  /** Says whether a number stands for a socket. */
  public static boolean isSocket(int number) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/fd/" + number))
          .toString()
          .startsWith("socket:");
    } catch (IOException notOpen) {
      return false;
    }
  }
}
