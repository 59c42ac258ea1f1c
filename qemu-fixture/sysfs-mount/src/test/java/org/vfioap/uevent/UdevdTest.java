package org.vfioap.uevent;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A udevd runs where somebody listens on its control socket. */
final class UdevdTest {
  @TempDir private Path directory;

  private Path control;
  private Udevd udevd;

  @BeforeEach
  void open() {
    control = directory.resolve("control");
    udevd = Udevd.at(control);
  }

  @AfterEach
  void close() {
    udevd.close();
  }

  private ServerSocketChannel listen() throws Exception {
    ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    socket.bind(UnixDomainSocketAddress.of(control));
    return socket;
  }

  @Test
  void doesNotRunBecauseTheFileIsThere() throws Exception {
    Files.createFile(control);
    assertThat(udevd.runs()).isFalse();
  }

  @Test
  void runsWhileSomebodyListens() throws Exception {
    ServerSocketChannel socket = listen();
    try (socket) {
      assertThat(udevd.runs()).isTrue();
    }
    assertThat(control).exists();
    assertThat(udevd.runs()).isFalse();
  }

  @Test
  void doesNotRunAfterTheLookHasEnded() throws Exception {
    try (ServerSocketChannel socket = listen()) {
      assertThat(socket.isOpen()).isTrue();
      udevd.close();
      assertThat(udevd.runs()).isFalse();
    }
  }
}
