package org.vfioap.cli.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code vfioap attach} and {@code detach} at the QMP socket of a QEMU that libvirt knows not. */
final class PlugWithoutLibvirtIT extends WithLibvirt {
  private static final String NONE = "11111111-1111-1111-1111-111111111111";

  private static final String RUNNING =
      """
      mdev $G1 5 4
      mdev $G2 6 4
      qemu-system-s390x -accel kvm -cpu host -m 64 -display none -nodefaults -daemonize \\
        -pidfile pid -qmp unix:$PWD/qmp,server=on,wait=off
      trap 'kill $(cat pid)' EXIT
      vfioap() { %s "$@"; }
      """;

  Stream<Arguments> callersAndMonitors() {
    return callers().stream()
        .flatMap(caller -> Stream.of("", "--hmp").map(option -> Arguments.of(caller, option)));
  }

  private String atSocket(Caller caller, String script) {
    return virsh(caller, RUNNING.formatted(program()), script);
  }

  @ParameterizedTest
  @MethodSource("callersAndMonitors")
  void attachesAndDetaches(Caller caller, String option) {
    String out =
        atSocket(
            caller,
            """
            vfioap attach $PWD/qmp $G1.xml %1$s; held $G1
            vfioap attach $PWD/qmp $G2.xml %1$s; held $G2
            vfioap detach $PWD/qmp $G2.xml %1$s
            vfioap detach $PWD/qmp $G1.xml %1$s; held $G1
            """
                .formatted(option));

    String prefix =
        option.isEmpty()
            ? "internal error: unable to execute QEMU command 'device_add': "
            : "Error: ";
    assertThat(out)
        .isEqualTo(
            """
            Device attached successfully
            held
            error: %sNo 'ap-bus' bus found for device 'vfio-ap'
            free
            error: device not found: mediated device '%s' not found
            Device detached successfully
            free
            """
                .formatted(prefix, GUEST2));
  }

  @ParameterizedTest
  @MethodSource("callers")
  void detachesByAlias(Caller caller) {
    assertThat(
            atSocket(
                caller,
                "vfioap attach $PWD/qmp $G1.xml; vfioap detach $PWD/qmp --alias hostdev0; held $G1"))
        .isEqualTo("Device attached successfully\nDevice detach request sent successfully\nfree\n");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void asksTheHostBeforeQemu(Caller caller) {
    assertThat(atSocket(caller, "hostdev " + NONE + "; vfioap attach $PWD/qmp " + NONE + ".xml"))
        .startsWith("error: device not found: mediated device '" + NONE + "' not found");
  }
}
