package org.vfioap.qemu.descriptor;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;

/**
 * The input of a Unix socket whose peer may send file descriptors along.
 *
 * <p>The JDK's own read would lose them. The kernel says in {@code /proc/self/fdinfo} how many
 * wait; only if some do, the message is read by the C library. Where that is not possible, they are
 * lost and {@code getfd} fails as if none had been sent.
 */
public final class AncillaryInput {
  private static final String COUNT = "scm_fds:";

  private final int number;
  private final RandomAccessFile information;
  private final byte[] text = new byte[512];

  private AncillaryInput(int number, RandomAccessFile information) {
    this.number = number;
    this.information = information;
  }

  /** Returns the input of a socket; nothing if its descriptor is not known. */
  public static java.util.Optional<AncillaryInput> of(SocketChannel channel) {
    OptionalInt number = Descriptors.numberOf(channel);
    if (number.isEmpty()) {
      return java.util.Optional.empty();
    }
    try {
      String path = "/proc/self/fdinfo/" + number.getAsInt();
      return java.util.Optional.of(
          new AncillaryInput(number.getAsInt(), new RandomAccessFile(path, "r")));
    } catch (IOException notSaid) {
      return java.util.Optional.empty();
    }
  }

  /** Says whether descriptors wait to be read. */
  public boolean isWaiting() throws IOException {
    information.seek(0);
    int length = Math.max(0, information.read(text));
    String lines = new String(text, 0, length, StandardCharsets.US_ASCII);
    int at = lines.indexOf(COUNT);
    return at >= 0 && !lines.startsWith("0", at + COUNT.length() + 1);
  }

  /** Reads the next message into {@code into} and returns the numbers of its descriptors. */
  public List<Integer> read(ByteBuffer into) throws IOException {
    try {
      return NativeReceive.receive(number, into);
    } catch (LinkageError | InternalError noLibrary) {
      return List.of();
    }
  }

  /** Lets go of what the kernel says. */
  public void close() throws IOException {
    information.close();
  }
}
