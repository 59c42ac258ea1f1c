package org.vfioap.fuse;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.StringArray;
import com.sun.jna.ptr.IntByReference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * The program fusermount3, which mounts for ordinary users and hands the descriptor back over a
 * socket.
 *
 * <p>It is started by posix_spawn, since the JDK closes all descriptors of its children.
 *
 * <p>Source: libfuse 3.14 lib/mount.c, setup_auto_unmount and receive_fd; Linux
 * include/linux/socket.h, struct user_msghdr and struct cmsghdr on 64 bit.
 */
final class Fusermount {
  private static final String PROGRAM = "fusermount3";
  private static final String SOCKET_VARIABLE = "_FUSE_COMMFD=";
  private static final String OPTIONS =
      "fsname=vfioap,subtype=vfioap,nosuid,nodev,default_permissions";
  private static final int AF_UNIX = 1;
  private static final int SOCK_STREAM = 1;
  private static final int F_SETFD = 2;
  private static final int FD_CLOEXEC = 1;
  private static final int MESSAGE_HEADER = 56;
  private static final int CONTROL = 24;
  private static final int CONTROL_DATA = 16;

  static {
    Native.register(Fusermount.class, "c");
  }

  private Fusermount() {}

  private static native int socketpair(int family, int type, int protocol, Pointer pair);

  private static native int posix_spawnp(
      IntByReference pid,
      String program,
      Pointer actions,
      Pointer attributes,
      Pointer arguments,
      Pointer environment);

  private static native int waitpid(int pid, IntByReference status, int options);

  private static native long recvmsg(int socket, Pointer message, int flags);

  /** Mounts and returns the descriptor on which the kernel asks. */
  static int mount(Path directory) {
    try (Memory pair = new Memory(8)) {
      if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0) {
        throw new MountException("no socket for " + PROGRAM + ": " + LibC.text(LibC.errno()));
      }
      int ours = pair.getInt(0);
      int theirs = pair.getInt(4);
      LibC.fcntl(ours, F_SETFD, FD_CLOEXEC);
      try {
        run(theirs, directory);
        return receive(ours);
      } finally {
        LibC.close(ours);
        LibC.close(theirs);
      }
    }
  }

  private static void run(int socket, Path directory) {
    String[] arguments = {PROGRAM, "-o", OPTIONS, "--", directory.toString()};
    String[] environment = {SOCKET_VARIABLE + socket, "PATH=" + System.getenv("PATH")};
    IntByReference pid = new IntByReference();
    StringArray words = new StringArray(arguments);
    StringArray variables = new StringArray(environment);
    int refused = posix_spawnp(pid, PROGRAM, Pointer.NULL, Pointer.NULL, words, variables);
    if (refused != 0) {
      throw new MountException(
          "cannot run " + PROGRAM + ": " + LibC.text(refused) + "; install the package fuse3");
    }
    IntByReference status = new IntByReference();
    waitpid(pid.getValue(), status, 0);
    if (status.getValue() != 0) {
      throw new MountException(PROGRAM + " does not mount " + reason(directory));
    }
  }

  /** The JDK, too, knows a user by a question mark who has no name. */
  private static String reason(Path directory) {
    return "?".equals(System.getProperty("user.name"))
        ? "for a user id without a name: add a line for it to /etc/passwd, or use 'vfioap run'"
        : "on " + directory + "; it must be an existing directory of yours";
  }

  /** Receives SCM_RIGHTS with one descriptor. */
  private static int receive(int socket) {
    try (Memory message = new Memory(MESSAGE_HEADER);
        Memory vector = new Memory(16);
        Memory byteRead = new Memory(1);
        Memory control = new Memory(CONTROL)) {
      message.clear();
      control.clear();
      vector.setPointer(0, byteRead);
      vector.setLong(8, 1);
      message.setPointer(16, vector);
      message.setLong(24, 1);
      message.setPointer(32, control);
      message.setLong(40, CONTROL);
      if (recvmsg(socket, message, 0) < 0 || control.getLong(0) < CONTROL_DATA) {
        throw new MountException(PROGRAM + " mounted, but passed no descriptor on");
      }
      int device = control.getInt(CONTROL_DATA);
      LibC.fcntl(device, F_SETFD, FD_CLOEXEC);
      return device;
    }
  }

  /** Unmounts, also under programs that still use files. */
  static void unmount(Path directory) {
    try {
      new ProcessBuilder(PROGRAM, "-u", "-z", "-q", "--", directory.toString())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor(10, TimeUnit.SECONDS);
    } catch (IOException notInstalled) {
      throw new MountException("cannot run " + PROGRAM + ": " + notInstalled.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
