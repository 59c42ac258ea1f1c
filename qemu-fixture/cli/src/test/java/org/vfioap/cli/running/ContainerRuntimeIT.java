package org.vfioap.cli.running;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What runtimes that put containers into virtual machines do (Kata Containers, runq): they are
 * given an IOMMU group's device file, find the mdev through /sys, and their agent in the guest
 * looks for the queues.
 */
final class ContainerRuntimeIT extends WithLibvirt {

  @ParameterizedTest
  @MethodSource("callers")
  void findsTheMdevOfAGroupAndItsQueuesInTheGuest(Caller caller) {
    String out =
        virsh(
            caller,
            """
            hmp() { virsh -q qemu-monitor-command guest --hmp "$@" | grep .; }
            mdev $G1 0x5 0x4
            group=$(basename $(readlink $matrix/$G1/iommu_group))
            cat /sys/class/misc/vfio/dev /sys/devices/virtual/vfio/$group/dev
            path=$(readlink -f /sys/kernel/iommu_groups/$group/devices/*)
            echo $path
            domain guest
            virsh -q start guest
            hmp "device_add vfio-ap,sysfsdev=$path,id=ap0"
            cat $path/guest_matrix
            sh /run/vfioap/guest.sh guest / sh -c 'echo 1 >/sys/bus/ap/scans
              cat /sys/devices/ap/card05/05.0004/online'
            hmp "device_del ap0"
            echo 1 | tee $path/remove >/dev/null
            ls /dev/vfio
            """);

    assertThat(out)
        .isEqualTo("10:196\n511:0\n/sys/devices/vfio_ap/matrix/" + GUEST1 + "\n05.0004\n1\nvfio\n");
  }
}
