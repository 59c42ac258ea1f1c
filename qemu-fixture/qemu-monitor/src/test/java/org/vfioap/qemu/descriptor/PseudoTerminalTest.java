package org.vfioap.qemu.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PseudoTerminalTest {
  @Test
  void handsOnBytesAsTheyAre() throws Exception {
    assumeTrue(Files.isReadable(Path.of("/dev/ptmx")), "this computer has no pseudo terminals");
    try (PseudoTerminal terminal = PseudoTerminal.open();
        RandomAccessFile program = new RandomAccessFile(terminal.path(), "rw")) {
      assertThat(terminal.awaitClient()).isTrue();

      program.write("a\n\003".getBytes(StandardCharsets.US_ASCII));
      assertThat(terminal.read()).isEqualTo(new byte[] {'a', '\n', 3});

      terminal.write(new byte[] {'b', '\n'});
      byte[] read = new byte[2];
      program.readFully(read);
      assertThat(read).isEqualTo(new byte[] {'b', '\n'});
    }
  }

  @Test
  void endsTheWaitWhenItIsClosed() throws Exception {
    assumeTrue(Files.isReadable(Path.of("/dev/ptmx")), "this computer has no pseudo terminals");
    PseudoTerminal terminal = PseudoTerminal.open();
    terminal.close();

    assertThat(terminal.awaitClient()).isFalse();
  }
}
