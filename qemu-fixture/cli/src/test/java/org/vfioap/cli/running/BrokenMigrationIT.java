package org.vfioap.cli.running;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A migration breaks half-way: the guest runs on where it was, nothing is left on the target, and
 * the next migration succeeds (libvirt 9.0, QEMU 7.2). libvirt gives the target's reason if it
 * learns it before the source's: which that is, is a matter of milliseconds, with a real QEMU too.
 */
final class BrokenMigrationIT extends WithLibvirt {
  /** Eight seconds of zeros at one MiB in a second. */
  private static final String BIG =
      "<domain type='kvm'><name>guest</name><memory unit='GiB'>4</memory><vcpu>1</vcpu><os><type"
          + " arch='s390x' machine='s390-ccw-virtio'>hvm</type></os><cpu"
          + " mode='host-model'/></domain>";

  private static final String FUNCTIONS =
      """
      exec 2>&1
      virsh() { command virsh -q -c "$SOURCE" "$@"; }
      migrate() { virsh migrate --live guest "$TARGET" --migrateuri "unix://$HOME/b.sock" "$@"; }
      halfway() { virsh domjobinfo guest | grep -q 'Memory processed: *[1-9]'; }
      await() { n=300; until "$@"; do n=$((n - 1)); [ $n != 0 ] || { echo "in vain: $*"; break; }; sleep .02; done; }
      state() { virsh domstate guest --reason; }
      # Begins to migrate, and breaks it by COMMANDS once something was sent.
      broken() {
        migrate --bandwidth 1 & migration=$!
        await halfway
        eval "$1"
        wait $migration && echo migrated
        state
      }
      """;

  private static final String ON_TARGET =
      "virsh -q list --all --name | grep .; pgrep -f guest=gues[t]; echo nothing else";

  private static final String EMULATOR = "cat /run/libvirt/qemu/guest.pid";

  @ParameterizedTest
  @MethodSource("callers")
  void whoseTargetIsKilled(Caller caller) {
    String target = target(caller);

    String out = broken(caller, target, kill(target, EMULATOR));

    assertThat(out)
        .matches(
            "error: (operation failed: job 'migration out' failed: Unable to write to socket: Broken"
                + " pipe|internal error: qemu unexpectedly closed the monitor)\nrunning [(]booted[)]\n");
    movesAtTheSecondTry(caller, target);
  }

  @ParameterizedTest
  @MethodSource("callers")
  void whichIsAborted(Caller caller) {
    String target = target(caller);

    String out = broken(caller, target, "virsh domjobabort guest");

    assertThat(out)
        .containsPattern(
            "error: operation aborted: job 'migration out' canceled by client\n"
                + "|error: internal error: qemu unexpectedly closed the monitor: [^\n]*: Unknown"
                + " combination of migration flags: 0x0\n")
        .endsWith("running (booted)\n");
    movesAtTheSecondTry(caller, target);
  }

  /** As with virsh migrate --timeout: the target runs, since it ran when the migration began. */
  @ParameterizedTest
  @MethodSource("callers")
  void whoseSourceIsSuspendedMeanwhileArrivesRunning(Caller caller) {
    String target = target(caller);

    String out = broken(caller, target, "virsh suspend guest; virsh migrate-setspeed guest 1000");

    assertThat(out).isEqualTo("migrated\nshut off (migrated)\n");
    assertThat(bash(caller, target, "virsh -q domstate guest")).isEqualTo("running\n");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void whoseTargetAlreadyHasSuchAGuest(Caller caller) {
    String target = target(caller);
    bash(caller, target, script("domain guest; virsh -q start guest"));

    String out = run(caller, target, "migrate; state");

    assertThat(out)
        .startsWith("error: operation failed: domain 'guest' already exists with uuid ")
        .endsWith("running (booted)\n");
  }

  private String target(Caller caller) {
    String target = startForClass(caller, "document", "--libvirtd");
    virsh(caller, "echo \"" + BIG + "\" >big.xml; virsh -q define big.xml; virsh -q start guest");
    return target;
  }

  private String kill(String target, String pid) {
    return program() + " exec " + target + " -- sh -c 'kill -9 $(" + pid + ")'";
  }

  private String broken(Caller caller, String target, String how) {
    return run(caller, target, "broken \"" + how.replace("$", "\\$") + "\"");
  }

  private void movesAtTheSecondTry(Caller caller, String target) {
    assertThat(bash(caller, target, ON_TARGET)).isEqualTo("nothing else\n");
    assertThat(run(caller, target, "migrate; state")).isEqualTo("shut off (migrated)\n");
    assertThat(bash(caller, target, "virsh -q domstate guest")).isEqualTo("running\n");
  }

  private String run(Caller caller, String target, String script) {
    String set =
        "SOURCE='"
            + connection(caller, machine(caller))
            + "' TARGET='"
            + connection(caller, target)
            + "'\n";
    return caller.run("bash", "-c", set + FUNCTIONS + script).out();
  }
}
