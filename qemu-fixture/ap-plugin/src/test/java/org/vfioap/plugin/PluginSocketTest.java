package org.vfioap.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vfioap.ap.ApHardware;
import org.vfioap.ap.ApMask;
import org.vfioap.processor.Processor;

/** Speaks to the socket as the plugin does; the machine has queue 05.0004. */
final class PluginSocketTest {
  private final ApHardware hardware =
      ApHardware.create().adapters(ApMask.of(5)).domains(ApMask.of(4));

  @TempDir private Path folder;
  private PluginSocket socket;

  @BeforeEach
  void listen() throws IOException {
    socket = PluginSocket.open(folder.resolve("ap"), Processor.of(hardware));
  }

  @AfterEach
  void close() throws IOException {
    socket.close();
  }

  private SocketChannel connect() throws IOException {
    return SocketChannel.open(UnixDomainSocketAddress.of(socket.path()));
  }

  private static void send(SocketChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static ByteBuffer receive(SocketChannel channel, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes) < 0) {
        break;
      }
    }
    return bytes.flip();
  }

  private static ByteBuffer hello(int version) {
    ByteBuffer hello = ByteBuffer.allocate(8);
    hello
        .put("VFAP".getBytes(StandardCharsets.US_ASCII))
        .putShort((short) version)
        .putShort((short) 0);
    return hello.flip();
  }

  private SocketChannel greeted() throws IOException {
    SocketChannel channel = connect();
    send(channel, hello(1));
    receive(channel, receive(channel, 42).getShort(40));
    return channel;
  }

  private static ByteBuffer ask(SocketChannel channel, int instruction, long r0)
      throws IOException {
    ByteBuffer request = ByteBuffer.allocate(64);
    request.put((byte) instruction).position(8);
    request.putLong(r0).position(0);
    send(channel, request);
    ByteBuffer answer = receive(channel, 80);
    receive(channel, answer.getInt(4));
    return answer;
  }

  @Test
  void greetsWithFacilitiesAndThePage() throws IOException {
    try (SocketChannel channel = connect()) {
      send(channel, hello(1));
      ByteBuffer welcome = receive(channel, 42);
      String page =
          StandardCharsets.UTF_8.decode(receive(channel, welcome.getShort(40))).toString();

      assertThat(welcome.getInt(4)).isEqualTo(0x0001_0000);
      assertThat(welcome.get(9)).isEqualTo((byte) 0x09);
      assertThat(Path.of(page)).hasSize(4096);
    }
  }

  @Test
  void refusesAnotherVersion() throws IOException {
    try (SocketChannel channel = connect()) {
      send(channel, hello(2));
      ByteBuffer welcome = receive(channel, 42);

      assertThat(welcome.getShort(6)).isEqualTo((short) 1);
      receive(channel, welcome.getShort(40));
      assertThat(receive(channel, 1).remaining()).isZero();
    }
  }

  @Test
  void executesInstructions() throws IOException {
    try (SocketChannel channel = greeted()) {
      ByteBuffer answer = ask(channel, 1, 0x80_0504);

      assertThat(answer.get(0)).isEqualTo((byte) 1);
      assertThat(answer.get(1)).isZero();
      assertThat(answer.get(2)).isEqualTo((byte) 1);
      assertThat(answer.get(3)).isEqualTo((byte) 0b110);
      assertThat(answer.getLong(24)).isEqualTo(0x8000_0000L);
      assertThat(ask(channel, 1, 0x604).get(1)).isEqualTo((byte) 3);
    }
  }

  @Test
  void leavesUnknownFunctionsToQemu() throws IOException {
    try (SocketChannel channel = greeted()) {
      assertThat(ask(channel, 1, 0x0900_0504L).get(0)).isZero();
    }
  }

  @Test
  void countsWhateverMakesAnAnswerStale() throws IOException {
    try (SocketChannel channel = greeted()) {
      long before = ask(channel, 1, 0x504).getLong(8);
      hardware.adapters(ApMask.of(5, 6));

      assertThat(ask(channel, 1, 0x504).getLong(8)).isGreaterThan(before);
      byte[] page = Files.readAllBytes(folder.resolve("ap.changes"));
      assertThat(ByteBuffer.wrap(page).order(ByteOrder.nativeOrder()).getLong())
          .isGreaterThan(before);
    }
  }

  @Test
  void answersCpusSideBySide() throws IOException {
    try (SocketChannel one = greeted();
        SocketChannel other = greeted()) {
      send(one, ByteBuffer.allocate(1));

      assertThat(ask(other, 1, 0x504).get(0)).isEqualTo((byte) 1);
    }
  }

  @Test
  void endsConnectionsWhenItIsClosed() throws IOException {
    try (SocketChannel channel = greeted()) {
      socket.close();

      assertThat(receive(channel, 1).remaining()).isZero();
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void refusesAPathThatIsTaken() {
    assertThatThrownBy(() -> PluginSocket.open(socket.path(), Processor.of(hardware)))
        .isInstanceOf(IOException.class);
  }
}
