package org.vfioap.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vfioap.doctor.Finding;

/** A computer whose only QEMU, if any, is a script. */
final class RealLinuxTest {
  @TempDir private Path folder;

  private Finding qemu() {
    return RealLinux.qemu(
        Map.of("PATH", folder.toString(), "VFIOAP_LINUX", folder.resolve("none").toString()));
  }

  @Test
  void saysWhichQemuIsUsed() throws Exception {
    Path program = folder.resolve("qemu-system-s390x");
    Files.writeString(program, "#!/bin/sh\necho 'QEMU emulator version 11.1.2 (Debian)'\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();

    assertThat(qemu())
        .isEqualTo(new Finding("QEMU for boot", true, false, program + ", 11.1.2", ""));
  }

  @Test
  void saysHowOneIsFetched() {
    assertThat(qemu().state()).isEqualTo("missing");
    assertThat(qemu().mend()).isEqualTo("vfioap fetch-linux");
  }
}
