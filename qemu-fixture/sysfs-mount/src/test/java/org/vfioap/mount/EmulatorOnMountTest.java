package org.vfioap.mount;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vfioap.lab.Namespace;

/** The emulated QEMU finds the mounted machine at /sys and /dev. */
@Timeout(120)
final class EmulatorOnMountTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @MethodSource("org.vfioap.lab.Namespace#possible")
  void plugsResetsUnplugsAndDies(Namespace namespace) throws Exception {
    assertThat(namespace.java(directory, EmulatorSession.class))
        .isEqualTo(
            """
            machine a guest [ap, apft, apqci] true
            plugged 1 a guest sees 0x0400 05.0004
            removal EBUSY
            booted anew true
            reset 1 a guest sees 0x0400 05.0004
            unplugged 0 nobody sees 0x0000
            plugged 1 a guest sees 0x0400 05.0004
            killed false[]
            """);
  }
}
