package org.vfioap.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Finds QEMUs that are scripts here. */
final class RealQemuTest {
  @TempDir private Path folder;

  private Map<String, String> environment() {
    return Map.of(
        "PATH", folder + ":/nowhere::", "VFIOAP_LINUX", folder.resolve("none").toString());
  }

  private void install(String says) throws IOException {
    Path program = folder.resolve("qemu-system-s390x");
    Files.writeString(program, "#!/bin/sh\necho '" + says + "'\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void takesANewOneOfPath() throws IOException {
    install("QEMU emulator version 11.1.2 (Debian 1:11.1.2+ds-3)");

    assertThat(RealQemu.find(environment()).version()).isEqualTo("11.1.2");
  }

  @Test
  void refusesAnOldOne() throws IOException {
    install("QEMU emulator version 7.2.22 (Debian 1:7.2+dfsg-7+deb12u18)");

    assertThatThrownBy(() -> RealQemu.find(environment()))
        .hasMessageContaining("11.0 or newer; " + folder + "/qemu-system-s390x is 7.2.22")
        .hasMessageContaining("vfioap fetch-linux");
  }

  @Test
  void passesOverWhatIsNoQemu() throws IOException {
    install("hello");

    assertThatThrownBy(() -> RealQemu.find(environment())).hasMessageContaining("none in PATH");
  }

  @Test
  void keepsWhatWasFetchedInTheCacheOfTheUser() {
    assertThat(RealQemu.folder(Map.of("HOME", "/home/me")))
        .isEqualTo(Path.of("/home/me/.cache/vfioap/linux"));
    assertThat(RealQemu.folder(Map.of("XDG_CACHE_HOME", "/c")))
        .isEqualTo(Path.of("/c/vfioap/linux"));
    assertThat(RealQemu.folder(Map.of("VFIOAP_LINUX", "/l"))).isEqualTo(Path.of("/l"));
  }

  @Test
  void buildsThePluginOnce() throws IOException {
    Path first = PluginLibrary.in(folder.resolve("plugin"));
    var built = Files.getLastModifiedTime(first);

    assertThat(PluginLibrary.in(folder.resolve("plugin"))).isEqualTo(first);
    assertThat(Files.getLastModifiedTime(first)).isEqualTo(built);
    assertThat(folder.resolve("plugin").toFile().list()).hasSize(1);
  }
}
