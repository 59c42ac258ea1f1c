package org.vfioap.cli.running;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Guests with an mdev whose consoles go to files, as clouds have them: libvirt opens the file and
 * hands it over as a set of descriptors (libvirt 9.0).
 */
final class GuestConsoleIT extends WithLibvirt {
  private static final String CONSOLES =
      """
      log="<console type='pty'><log file='$PWD/log' append='on'/><target type='virtio'/></console>"
      file="<console type='file'><source path='$PWD/console'/><target type='virtio'/></console>"
      mdev $G1 5 4
      """;

  @ParameterizedTest
  @MethodSource("callers")
  void consoleIsAFile(Caller caller) {
    String out =
        virsh(
            caller,
            CONSOLES,
            """
            domain guest "$file$(cat $G1.xml)"
            virsh -q start guest && held $G1
            ls console
            virsh -q qemu-monitor-command guest --hmp info chardev | grep -o 'charconsole0: filename=.*'
            """);

    assertThat(out.replace("\r", "")).isEqualTo("held\nconsole\ncharconsole0: filename=file\n");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void consoleIsLogged(Caller caller) {
    String out =
        virsh(
            caller,
            CONSOLES,
            """
            domain guest "$file$log"
            virsh -q start guest && virsh -q attach-device guest $G1.xml && held $G1
            ls console log
            """);

    assertThat(out).isEqualTo("held\nconsole\nlog\n");
  }
}
