package org.vfioap.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vfioap.sysfs.SysfsTree.Access;

/** Requests that no kernel sends are answered with an error or not at all. */
final class HostileRequestsTest {
  private static final int FORGET = 2;
  private static final int WRITE = 16;
  private static final int BATCH_FORGET = 42;
  private static final int EIO = 5;
  private static final int ENOENT = 2;
  private static final int ENOSYS = 38;

  private final NodeTable nodes = new NodeTable(new Root());
  private final Dispatch dispatch = new Dispatch(nodes, new InFlight(), new NothingAround());
  private final ByteBuffer bytes = ByteBuffer.allocate(8192).order(ByteOrder.nativeOrder());
  private final Reply reply =
      new Reply(ByteBuffer.allocate(1 << 18).order(ByteOrder.nativeOrder()));

  /** A directory with one file. */
  private static final class Root implements Directory, RegularFile, OpenedFile {
    @Override
    public Node child(String name) {
      return this;
    }

    @Override
    public Collection<String> names() {
      return List.of("a");
    }

    @Override
    public int mode() {
      return 0644;
    }

    @Override
    public long size() {
      return 0;
    }

    @Override
    public OpenedFile open(Access access, int thread) {
      return this;
    }

    @Override
    public byte[] read(long offset, int size) {
      return "content".getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int write(byte[] data) {
      return data.length;
    }
  }

  @BeforeEach
  void header() {
    bytes.clear();
  }

  private int answer(int opcode, long node, int length) {
    bytes.putInt(0, length).putInt(4, opcode).putLong(8, 2).putLong(16, node);
    reply.clear();
    return dispatch.answer(new Request(bytes.limit(length)), reply);
  }

  @Test
  void knowsNoSuchOperation() {
    assertThat(answer(4711, 1, 40)).isEqualTo(ENOSYS);
    assertThat(answer(-1, 1, 40)).isEqualTo(ENOSYS);
  }

  @Test
  void answersNothingAboutWhatIsForgotten() {
    assertThat(answer(FORGET, 99, 48)).isEqualTo(Dispatch.NO_REPLY);
    bytes.clear();
    bytes.putInt(40, Integer.MAX_VALUE);
    assertThat(answer(BATCH_FORGET, 0, 56)).isEqualTo(Dispatch.NO_REPLY);
  }

  @Test
  void takesNoMoreThanWasSent() {
    int open = 14;
    assertThat(answer(open, 1, 48)).isZero();
    bytes.clear();
    bytes.putLong(40, 1).putInt(56, Integer.MAX_VALUE);
    assertThat(answer(WRITE, 1, 100)).isEqualTo(EIO);
    bytes.putInt(56, -1);
    assertThat(answer(WRITE, 1, 100)).isEqualTo(EIO);
  }

  @Test
  void knowsNoNodeThatWasForgotten() {
    assertThat(answer(3, 12345, 56)).isEqualTo(ENOENT);
  }

  @Test
  void survivesRandomBytes() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    byte[] content = new byte[4096];
    for (int i = 0; i < 50_000; i++) {
      random.nextBytes(content);
      bytes.clear().put(content).clear();
      int length = Request.HEADER + random.nextInt(200);
      assertThat(answer(random.nextInt(60), random.nextInt(4), length))
          .as("seed %d, request %d", seed, i)
          .isBetween(Dispatch.NO_REPLY, 133);
    }
  }
}
