package org.vfioap.cli.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The real lszcrypt and chzcrypt of s390-tools, as Debian builds them for s390x. The launcher's
 * {@code verify} fetches them.
 */
final class S390ToolsIT extends WithMachines {
  /**
   * Functions for scripts: rows of lszcrypt's table without the padding, which differs from release
   * to release, and guests like the document's, for each of which a process stands.
   */
  private static final String PROLOGUE =
      """
      table() { lszcrypt "$@" | sed 1,2d | tr -s ' ' | sed 's/ $//'; }
      try() { "$@" 2>&1; echo "= $?"; }
      guest() { # NAME UUID ADAPTERS DOMAINS
        local mdev=/sys/devices/vfio_ap/matrix/$2
        echo $2 >${mdev%/*}/mdev_supported_types/vfio_ap-passthrough/create
        for each in $3; do echo $each >$mdev/assign_adapter; done
        for each in $4; do echo $each >$mdev/assign_domain; echo $each >$mdev/assign_control_domain; done
        read -r _ < <(exec 3<>/dev/kvm 2>/dev/null
          echo vm $1 ap,apqci,apft,apqi >&3
          exec 4<>/dev/vfio/$(basename $(readlink $mdev/iommu_group))
          echo device $2 >&4
          echo up
          exec sleep 1000 >/dev/null)
      }
      in_guest() { # NAME SCRIPT
        sh /run/vfioap/guest.sh $1 / bash -c "$(declare -f table); $2"
      }
      """;

  private String tools;

  @BeforeEach
  void needsTools() {
    Path folder = s390Tools();
    assumeTrue(
        Files.isDirectory(folder.resolve("bin")),
        "lszcrypt for s390x is not there: ./vfioap verify fetches it on Debian");
    tools = folder.resolve("bin").toString();
    assumeTrue(
        ordinary().run("sh", "-c", "command -v qemu-s390x-static || command -v qemu-s390x").status()
            == 0,
        "qemu-s390x is not installed: apt-get install qemu-user-static");
  }

  private String tools(Caller caller, String script) {
    return bashIn(caller, "document", "PATH=" + tools + ":$PATH\n" + PROLOGUE + script);
  }

  @ParameterizedTest
  @MethodSource("callers")
  void lszcryptPrintsTheTableOfTheDocument(Caller caller) {
    assertThat(tools(caller, "table | cut -d ' ' -f -4"))
        .isEqualTo(
            """
            05 CEX5C CCA-Coproc online
            05.0004 CEX5C CCA-Coproc online
            05.0047 CEX5C CCA-Coproc online
            05.00ab CEX5C CCA-Coproc online
            05.00ff CEX5C CCA-Coproc online
            06 CEX5A Accelerator online
            06.0004 CEX5A Accelerator online
            06.0047 CEX5A Accelerator online
            06.00ab CEX5A Accelerator online
            06.00ff CEX5A Accelerator online
            """);
  }

  @ParameterizedTest
  @MethodSource("callers")
  void lszcryptInEachGuestPrintsWhatTheDocumentGivesIt(Caller caller) {
    String script =
        """
        echo -5,-6 >/sys/bus/ap/apmask
        echo -4,-0x47,-0xab,-0xff >/sys/bus/ap/aqmask
        guest guest1 62177883-f1bb-47f0-914d-32a22e3a8804 '5 6' '4 0xab'
        guest guest2 cef03c3c-903d-4ecc-9a83-40694cb8aee4 5 '0x47 0xff'
        guest guest3 0c8c6a3e-2f6f-4d0e-9a53-6d1f5f0c8a11 6 '0x47 0xff'
        for n in 1 2 3; do
          in_guest guest$n 'table | cut -d " " -f -4; lszcrypt -d | grep -o "^ *.0 .*B" | tr -d " ."'
        done
        """;
    assertThat(tools(caller, script))
        .isEqualTo(
            """
            05 CEX5C CCA-Coproc online
            05.0004 CEX5C CCA-Coproc online
            05.00ab CEX5C CCA-Coproc online
            06 CEX5A Accelerator online
            06.0004 CEX5A Accelerator online
            06.00ab CEX5A Accelerator online
            00B
            a0B
            05 CEX5C CCA-Coproc online
            05.0047 CEX5C CCA-Coproc online
            05.00ff CEX5C CCA-Coproc online
            40B
            f0B
            06 CEX5A Accelerator online
            06.0047 CEX5A Accelerator online
            06.00ff CEX5A Accelerator online
            40B
            f0B
            """);
  }

  @ParameterizedTest
  @MethodSource("callers")
  void lszcryptSaysWhichDriverHasAQueueAndWhatItCanDo(Caller caller) {
    String script =
        """
        echo -5 >/sys/bus/ap/apmask
        for device in 05 05.0004 06.0004; do lszcrypt -V $device | tail -n +3 | head -n 1; done |
          sed 's/N-F-/NF-/' | awk '{print $1, $(NF - 3), $(NF - 2), $(NF - 1), $NF}'
        lszcrypt -c 5 | head -n 4
        try lszcrypt -c 9
        """;
    assertThat(tools(caller, script))
        .isEqualTo(
            """
            05 11 08 S--D--NF- cex4card
            05.0004 11 08 S--D--NF- vfio_ap
            06.0004 11 08 -MC-A-NF- cex4queue
            card05 provides capability for:
            RSA 4K Clear Key
            CCA Secure Key (full function set)
            Long RNG
            lszcrypt: Error - cryptographic device card09 does not exist.
            = 1
            """);
  }

  @ParameterizedTest
  @MethodSource("callers")
  void chzcryptSetsDevicesOnlineAndOffline(Caller caller) {
    String script =
        """
        try chzcrypt -d 05
        try chzcrypt -e 05.0004
        try chzcrypt -e 05
        try chzcrypt -d 05.0047 06.0004
        table | grep offline | cut -d ' ' -f -4
        try chzcrypt -d -a
        table | grep -c offline
        try chzcrypt -e -a
        table | grep -c online
        """;
    assertThat(tools(caller, script))
        .isEqualTo(
            """
            = 0
            chzcrypt: Error - unable to set cryptographic device card05/05.0004 online.
            = 1
            = 0
            = 0
            05.0047 CEX5C CCA-Coproc offline
            06.0004 CEX5A Accelerator offline
            = 0
            10
            = 0
            10
            """);
  }

  @ParameterizedTest
  @MethodSource("callers")
  void chzcryptDeconfiguresCards(Caller caller) {
    String script =
        """
        try chzcrypt --config-off 06
        table 06.0004 | cut -d ' ' -f 4
        try chzcrypt -e 06 | grep -v '^$'
        try chzcrypt --config-on 06
        table 06.0004 | cut -d ' ' -f 4
        """;
    assertThat(tools(caller, script))
        .isEqualTo(
            """
            = 0
            deconfig
            chzcrypt: Warning - device 06 is deconfigured, can't set to online.
            = 0
            = 0
            online
            """);
  }

  @ParameterizedTest
  @MethodSource("callers")
  void chzcryptChangesTheBusWithinItsLimits(Caller caller) {
    String script =
        """
        try chzcrypt -c 4
        try chzcrypt -c 5
        try chzcrypt -t 0
        try chzcrypt -t 1000
        try chzcrypt -p
        try chzcrypt -n
        try chzcrypt -q 0xff
        lszcrypt -b
        """;
    assertThat(tools(caller, script))
        .isEqualTo(
            """
            chzcrypt: Error - unable to change configuration timer setting.
            = 1
            = 0
            chzcrypt: Error - unable to change poll timeout setting.
            = 1
            = 0
            chzcrypt: Error - unable to change poll thread setting.
            = 1
            = 0
            = 0
            ap_domain=0xff
            ap_max_domain_id=0xff
            ap_interrupts are enabled
            config_time=5 (seconds)
            poll_thread is disabled
            poll_timeout=1000 (nanoseconds)
            """);
  }
}
