package org.vfioap.cli.running;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be done to a guest that has a vfio-ap device, until it is detached (libvirt 9.0). */
final class RefusedWhileAttachedIT extends WithLibvirt {
  private static final String ATTACHED =
      """
      mdev $G1 5 4
      domain guest
      virsh -q start guest
      virsh -q attach-device guest $G1.xml
      """;

  private static final String REASON =
      "error: Requested operation is not valid: cannot migrate domain: non-migratable device:"
          + " /1/vfio-ap\n";

  @ParameterizedTest
  @MethodSource("callers")
  void savesAndSnapshotsOfItsMemory(Caller caller) {
    String out =
        virsh(
            caller,
            ATTACHED,
            """
            virsh -q save guest saved
            virsh -q managedsave guest
            virsh -q dump guest dumped
            virsh -q dump guest dumped --live
            virsh -q dump guest dumped --crash
            virsh -q snapshot-create-as guest one --memspec $PWD/memory,snapshot=external
            ls saved dumped memory 2>/dev/null
            virsh -q snapshot-list guest --name
            virsh -q domstate guest --reason; hostdevs guest; held $G1
            """);

    String dump = "error: Failed to core dump domain 'guest' to dumped\n" + REASON;
    // libvirt 12.8 has no --live.
    String unsupported = "error: unsupported flags (0x2) in function qemuDomainCoreDump\n";
    assertThat(out.replaceAll("(?m)^\n", "").replace(unsupported, REASON))
        .isEqualTo(
            "error: Failed to save domain 'guest' to saved\n"
                + REASON
                + "error: Failed to save domain 'guest' state\n"
                + REASON
                + dump.repeat(3)
                + REASON
                + "running (unpaused)\n"
                + GUEST1
                + "\nheld\n");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void butADumpOfItsMemoryIsTaken(Caller caller) {
    String out =
        virsh(
            caller,
            ATTACHED,
            "virsh -q dump guest dumped --memory-only",
            "head -c 4 dumped | tail -c 3; echo",
            "virsh -q domstate guest --reason; held $G1");

    assertThat(out.replaceAll("(?m)^\n", "")).isEqualTo("ELF\nrunning (unpaused)\nheld\n");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void snapshotsOfDisksThatItHasNot(Caller caller) {
    String out =
        virsh(
            caller,
            ATTACHED,
            """
            virsh -q snapshot-create guest
            virsh -q snapshot-create-as guest two --disk-only
            virsh -q checkpoint-create-as guest three
            """);

    assertThat(out)
        .isEqualTo(
            """
            error: unsupported configuration: internal and full system snapshots require all disks to be selected for snapshot
            error: unsupported configuration: nothing selected for snapshot
            error: unsupported configuration: domain must have at least one disk to perform checkpoints
            """);
  }

  @ParameterizedTest
  @MethodSource("callers")
  void untilItIsDetached(Caller caller) {
    String out =
        virsh(
            caller,
            ATTACHED,
            """
            virsh -q detach-device guest $G1.xml
            virsh -q managedsave guest; virsh -q domstate guest --reason
            virsh -q start guest; virsh -q domstate guest --reason
            virsh -q attach-device guest $G1.xml; held $G1
            """);

    assertThat(out.replaceAll("(?m)^\n", ""))
        .isEqualTo("shut off (saved)\nrunning (restored)\nheld\n");
  }
}
