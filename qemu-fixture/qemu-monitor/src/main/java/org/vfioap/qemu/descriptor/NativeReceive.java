package org.vfioap.qemu.descriptor;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The C library's {@code recvmsg}, with the structures of 64-bit Linux. It is loaded only when a
 * descriptor waits.
 */
final class NativeReceive {
  private static final int DONT_WAIT = 0x40;
  private static final int CLOSE_ON_EXEC = 0x40000000;
  private static final int MESSAGE_HEADER = 56;
  private static final int VECTOR = 16;
  private static final int CONTROL = 256;
  private static final int CONTROL_HEADER = 16;
  private static final int SOCKET_LEVEL = 1;
  private static final int RIGHTS = 1;

  static {
    NativeLibraries.prepare();
  }

  private NativeReceive() {}

  static List<Integer> receive(int socket, ByteBuffer into) throws IOException {
    Function recvmsg = NativeLibrary.getInstance("c").getFunction("recvmsg");
    try (Memory data = new Memory(into.remaining());
        Memory vector = new Memory(VECTOR);
        Memory control = new Memory(CONTROL);
        Memory header = new Memory(MESSAGE_HEADER)) {
      vector.setPointer(0, data);
      vector.setLong(8, data.size());
      header.clear();
      header.setPointer(16, vector);
      header.setLong(24, 1);
      header.setPointer(32, control);
      header.setLong(40, CONTROL);
      Object[] arguments = {socket, header, DONT_WAIT | CLOSE_ON_EXEC};
      long length = recvmsg.invokeLong(arguments);
      if (length < 0) {
        throw new IOException("recvmsg failed with errno " + Native.getLastError());
      }
      into.put(data.getByteBuffer(0, length));
      return descriptors(control, header.getLong(40));
    }
  }

  private static List<Integer> descriptors(Memory control, long length) {
    List<Integer> numbers = new ArrayList<>();
    long at = 0;
    while (at + CONTROL_HEADER <= length) {
      long size = control.getLong(at);
      boolean rights = control.getInt(at + 8) == SOCKET_LEVEL && control.getInt(at + 12) == RIGHTS;
      for (long each = at + CONTROL_HEADER; rights && each < at + size; each += 4) {
        numbers.add(control.getInt(each));
      }
      at += Math.max(CONTROL_HEADER, (size + 7) / 8 * 8);
    }
    return numbers;
  }
}
