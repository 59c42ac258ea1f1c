package org.vfioap.mount;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vfioap.lab.Namespace;

/** A mount that a killed process left behind is found and cleaned. */
@Timeout(90)
final class RemountTest {
  private static final String EXPECTED =
      """
      first
      mounted after SIGTERM false
      first
      usable false
      8/8 (complete)
      left []
      mounted false
      """;

  @TempDir private Path directory;

  @ParameterizedTest
  @MethodSource("org.vfioap.lab.Namespace#possible")
  void cleansWhatAKilledProcessLeft(Namespace namespace) throws Exception {
    assertThat(namespace.java(directory, RemountSession.class)).isEqualTo(EXPECTED);
  }

  @Test
  void mountsForAnOrdinaryUserWithFusermount() throws Exception {
    Namespace.requireProgram("fusermount3");
    assertThat(Namespace.javaOfNobody(directory, RemountSession.class)).isEqualTo(EXPECTED);
  }
}
