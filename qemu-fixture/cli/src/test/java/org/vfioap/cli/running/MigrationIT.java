package org.vfioap.cli.running;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A guest moves between the libvirtds of two machines of one user (libvirt 9.0, QEMU 7.2). */
final class MigrationIT extends WithLibvirt {
  @ParameterizedTest
  @MethodSource("callers")
  void movesWithoutItsDeviceAndGetsAnotherOne(Caller caller) {
    String target = startForClass(caller, "document", "--libvirtd");
    virsh(
        caller,
        "mdev $G1 5 4; domain guest; virsh -q start guest; virsh -q attach-device guest $G1.xml");

    assertThat(migrate(caller, target, "unix://" + caller.home() + "/m.sock").err())
        .contains("cannot migrate domain: non-migratable device: /1/vfio-ap");
    assertThat(virsh(caller, "hostdev $G1; virsh -q detach-device guest $G1.xml; held $G1"))
        .isEqualTo("free\n");
    ProgramRun moved = migrate(caller, target, "unix://" + caller.home() + "/m.sock");

    assertThat(moved.err()).isEmpty();
    assertThat(moved.status()).isZero();
    assertThat(virsh(caller, "virsh -q domstate guest")).isEqualTo("shut off\n");
    assertThat(
            bash(
                caller,
                target,
                script(
                    "mdev $G2 6 4; virsh -q attach-device guest $G2.xml;"
                        + " virsh -q domstate guest")))
        .isEqualTo("running\n");
    assertThat(
            vfioap(caller, "guest", target, "guest", "exec", "--", "ls", "/sys/bus/ap/devices")
                .out())
        .isEqualTo("06.0004\ncard06\n");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void staysWhereTheTargetCannotListen(Caller caller) {
    String target = startForClass(caller, "document", "--libvirtd");
    virsh(caller, "domain guest; virsh -q start guest");

    ProgramRun refused = migrate(caller, target, "unix://" + caller.home() + "/none/m.sock");

    assertThat(refused.status()).isNotZero();
    assertThat(refused.err()).contains("Failed to bind socket to").contains("/none/m.sock");
    assertThat(virsh(caller, "virsh -q domstate guest")).isEqualTo("running\n");
    assertThat(bash(caller, target, "virsh -q list --all --name").strip()).isEmpty();
  }

  private ProgramRun migrate(Caller caller, String target, String uri) {
    String source = connection(caller, machine(caller));
    return caller.run(
        "virsh",
        "-q",
        "-c",
        source,
        "migrate",
        "--live",
        "guest",
        connection(caller, target),
        "--migrateuri",
        uri);
  }
}
