package org.vfioap.cli.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * The ground of tests in which virsh drives a machine's own libvirtd. Each user has one machine per
 * class; a test leaves neither guests nor mdevs.
 */
abstract class WithLibvirt extends WithMachines {
  static final String GUEST1 = "62177883-f1bb-47f0-914d-32a22e3a8804";
  static final String GUEST2 = "cef03c3c-903d-4ecc-9a83-40694cb8aee4";

  /** Functions for the scripts of the tests, and the host's masks as the document sets them. */
  private static final String PRELUDE =
      """
      cd $(mktemp -d /run/test.XXXXXX)
      G1=62177883-f1bb-47f0-914d-32a22e3a8804
      G2=cef03c3c-903d-4ecc-9a83-40694cb8aee4
      matrix=/sys/devices/vfio_ap/matrix
      echo -5,-6 >/sys/bus/ap/apmask
      echo -4,-0x47,-0xab,-0xff >/sys/bus/ap/aqmask

      # mdev UUID ADAPTERS DOMAINS
      mdev() {
        echo $1 >$matrix/mdev_supported_types/vfio_ap-passthrough/create
        for each in $2; do echo $each >$matrix/$1/assign_adapter; done
        for each in $3; do echo $each >$matrix/$1/assign_domain; done
        hostdev $1
      }

      # hostdev UUID [ATTRIBUTES]: writes UUID.xml
      hostdev() {
        cat >$1.xml <<END
      <hostdev mode='subsystem' type='mdev' model='vfio-ap' ${2:-managed='no'}>
        <source><address uuid='$1'/></source>
      </hostdev>
      END
      }

      # domain NAME [DEVICES [CPU [TYPE]]]: defines a guest like the document's
      domain() {
        cat >$1.domain <<END
      <domain type='${4:-kvm}'>
        <name>$1</name><memory unit='MiB'>512</memory><vcpu>2</vcpu>
        <os><type arch='s390x' machine='s390-ccw-virtio'>hvm</type></os>
        ${3:-<cpu mode='host-model'/>}
        <devices>${2:-}<console type='pty'><target type='sclp'/></console></devices>
      </domain>
      END
        virsh -q define $1.domain
      }

      # held UUID: prints whether a guest holds the mdev.
      held() {
        if (exec 3<>/dev/vfio/$(basename $(readlink $matrix/$1/iommu_group))) 2>/dev/null; then
          echo free
        else
          echo held
        fi
      }

      # Prints what libvirt has of a guest's hostdevs.
      hostdevs() { virsh -q dumpxml $* | sed -n "s/.*<address uuid='\\(.*\\)'.*/\\1/p"; }
      # Waits for what follows from what was done: until COMMAND is true.
      await() { n=400; until "$@"; do n=$((n - 1)); [ $n != 0 ] || { echo "in vain: $*"; break; }; sleep .02; done; }
      """;

  private static final String CLEAN =
      """
      for guest in $(virsh -q list --all --name); do
        virsh -q destroy $guest
        virsh -q undefine --managed-save $guest
      done
      for mdev in /sys/bus/mdev/devices/*; do [ ! -e $mdev ] || echo 1 >$mdev/remove; done
      """;

  private final Map<Caller, String> machines = new HashMap<>();

  @BeforeEach
  final void needsLibvirt() {
    String find =
        "PATH=$PATH:/usr/sbin; command -v libvirtd && command -v virsh"
            + " && ls /usr/lib*/*/libvirt/connection-driver/libvirt_driver_qemu.so";
    assumeTrue(
        ordinary().run("sh", "-c", find).status() == 0,
        "libvirtd or virsh is not installed:"
            + " apt-get install libvirt-daemon libvirt-daemon-driver-qemu libvirt-clients");
    installEmulator();
  }

  /** Ends what the test left in its machines. */
  @AfterEach
  final void clean() {
    machines.forEach((caller, machine) -> bash(caller, machine, CLEAN));
  }

  /** Lets bash run a script in the caller's machine, the document's host with libvirt. */
  final String virsh(Caller caller, String... script) {
    return bash(caller, machine(caller), PRELUDE + String.join("\n", script));
  }

  /** Returns the name of the caller's machine. */
  final String machine(Caller caller) {
    return machines.computeIfAbsent(caller, each -> startForClass(each, "document", "--libvirtd"));
  }

  /** Returns the URI by which virsh, outside of the machine, reaches its libvirtd. */
  final String connection(Caller caller, String machine) {
    String list = vfioap(caller, "list", "--json").out();
    Matcher pid =
        Pattern.compile("\"name\":\"" + machine + "\"[^}]*?\"pid\":([0-9]+)").matcher(list);
    assertThat(pid.find()).as(list).isTrue();
    return "qemu+unix:///system?socket=/proc/" + pid.group(1) + "/root/run/libvirt/libvirt-sock";
  }

  /** Prepends the functions of the scripts. */
  static String script(String text) {
    return PRELUDE + text;
  }

  /** Returns the lines of a text that match. */
  static List<String> lines(String text, String regex) {
    return Arrays.stream(text.split("\n")).filter(Pattern.compile(regex).asPredicate()).toList();
  }
}
