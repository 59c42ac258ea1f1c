package org.vfioap.cli.running;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The libvirtd of one machine moves a guest to that of another by itself, which listens in a folder
 * that both see (libvirt 9.0, QEMU 7.2).
 */
final class PeerMigrationIT extends WithLibvirt {
  /** Lets the libvirtd of the target listen below the caller's home, also for its own virsh. */
  private static final String LISTEN =
      """
      mkdir -p %1$s
      sed -i 's|^unix_sock_dir.*|unix_sock_dir = "%1$s"|' /etc/libvirt/libvirtd.conf
      kill $(cat /run/libvirtd.pid)
      ended() { [ ! -e /run/libvirtd.pid ]; }
      await ended
      libvirtd -d
      ln -sf %1$s/libvirt-sock /run/libvirt/libvirt-sock
      """;

  @ParameterizedTest
  @MethodSource("callers")
  void definitionMovesWithTheGuest(Caller caller) {
    String target = target(caller);
    virsh(caller, "mdev $G1 5 4; domain guest; virsh -q start guest");

    String out = migrate(caller, "--live --persistent --undefinesource", "m.sock");

    assertThat(out).isEmpty();
    assertThat(virsh(caller, "virsh -q list --all").strip()).isEmpty();
    assertThat(onTarget(caller, target))
        .isEqualTo("running (migrated)\nPersistent: yes\nshut off (destroyed)\n");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void guestMovesThroughTheConnectionOfTheTwo(Caller caller) {
    String target = target(caller);
    virsh(caller, "domain guest; virsh -q start guest");

    String out = migrate(caller, "--live --tunnelled", "");

    assertThat(out).isEmpty();
    assertThat(virsh(caller, "virsh domstate guest --reason").strip())
        .isEqualTo("shut off (migrated)");
    assertThat(onTarget(caller, target))
        .startsWith("running (migrated)\nPersistent: no\nerror: failed to get domain 'guest'\n");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void definitionOfAGuestWithADeviceMovesAlone(Caller caller) {
    String target = target(caller);
    virsh(caller, "mdev $G1 5 4; domain guest \"$(cat $G1.xml)\"");

    String out = migrate(caller, "--offline --persistent --undefinesource", "");

    assertThat(out).isEmpty();
    assertThat(
            bash(
                caller,
                target,
                script("mdev $G1 6 4; virsh -q start guest; hostdevs guest; held $G1")))
        .isEqualTo(GUEST1 + "\nheld\n");
  }

  /** The machines have no network, so glibc says something else than where there is one. */
  @ParameterizedTest
  @MethodSource("callers")
  void staysWhereTheTargetKnowsNoSuchAddress(Caller caller) {
    String target = target(caller);
    virsh(caller, "domain guest; virsh -q start guest");
    String why =
        bash(caller, target, "perl -MSocket=getaddrinfo -e 'print +(getaddrinfo(\"nowhere\"))[0]'");

    String out = migrate(caller, "--live --listen-address nowhere", "");

    assertThat(out.strip())
        .isEqualTo(
            "error: internal error: unable to execute QEMU command 'migrate-incoming': address"
                + " resolution failed for nowhere:49152: "
                + why);
    assertThat(virsh(caller, "virsh -q domstate guest --reason")).isEqualTo("running (booted)\n");
  }

  /** Starts the machine to which the guest goes. */
  private String target(Caller caller) {
    String target = startForClass(caller, "document", "--libvirtd");
    bash(caller, target, script(LISTEN.formatted(folder(caller))));
    return target;
  }

  private static String folder(Caller caller) {
    return caller.home() + "/p";
  }

  private String migrate(Caller caller, String options, String socket) {
    String uri = socket.isEmpty() ? "" : " --migrateuri unix://" + caller.home() + "/" + socket;
    String target = "qemu+unix:///system?socket=" + folder(caller) + "/libvirt-sock";
    return virsh(caller, "virsh -q migrate --p2p guest '" + target + "' " + options + uri);
  }

  /** Returns what has become of the guest there, and what is left of it when it stops. */
  private String onTarget(Caller caller, String target) {
    return bash(
        caller,
        target,
        script(
            """
            virsh -q domstate guest --reason
            virsh -q dominfo guest | grep Persistent | tr -s ' '
            virsh -q destroy guest
            virsh -q domstate guest --reason
            """));
  }
}
