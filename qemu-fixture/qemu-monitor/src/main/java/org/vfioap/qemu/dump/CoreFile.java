package org.vfioap.qemu.dump;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * An ELF core file of s390x with one segment: memory that is all zero and so takes no room in the
 * file. Source: the ELF-64 specification; machine number 22 is S390.
 */
final class CoreFile {
  private static final int HEADER = 64;
  private static final int SEGMENT = 56;
  private static final short CORE = 4;
  private static final short S390 = 22;
  private static final int LOAD = 1;
  private static final int READ_WRITE_EXECUTE = 7;

  private CoreFile() {}

  static void write(OutputStream out, long begin, long length) throws IOException {
    ByteBuffer core = ByteBuffer.allocate(HEADER + SEGMENT).order(ByteOrder.BIG_ENDIAN);
    core.put(new byte[] {0x7F, 'E', 'L', 'F', 2, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0});
    core.putShort(CORE).putShort(S390).putInt(1);
    core.putLong(0).putLong(HEADER).putLong(0).putInt(0);
    core.putShort((short) HEADER).putShort((short) SEGMENT).putShort((short) 1);
    core.putShort((short) 0).putShort((short) 0).putShort((short) 0);
    core.putInt(LOAD).putInt(READ_WRITE_EXECUTE);
    core.putLong(HEADER + SEGMENT).putLong(begin).putLong(begin);
    core.putLong(0).putLong(length).putLong(0);
    out.write(core.array());
  }
}
