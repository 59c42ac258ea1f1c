package org.vfioap.cli.running;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bash types the example of the kernel's document (Documentation/arch/s390/vfio-ap.rst), its three
 * guests being processes that hold the IOMMU groups.
 *
 * <pre>
 *        0004  0047  00ab  00ff
 *  05     1           1           CEX5C
 *  06     1           1           CEX5A
 *  05           2           2
 *  06           3           3
 * </pre>
 */
final class DocumentExampleIT extends WithMachines {
  private static final String SETUP =
      """
      uuid1=62177883-f1bb-47f0-914d-32a22e3a8804
      uuid2=cef03c3c-903d-4ecc-9a83-40694cb8aee4
      uuid3=0c8c6a3e-2f6f-4d0e-9a53-6d1f5f0c8a11
      echo -5,-6 > /sys/bus/ap/apmask
      echo -4,-0x47,-0xab,-0xff > /sys/bus/ap/aqmask
      cd /sys/devices/vfio_ap/matrix/mdev_supported_types/vfio_ap-passthrough
      echo $uuid1 > create
      echo $uuid2 > create
      echo $uuid3 > create
      cd ../../$uuid1
      echo 5 > assign_adapter
      echo 6 > assign_adapter
      echo 4 > assign_domain
      echo 0xab > assign_domain
      cd ../$uuid2
      echo 5 > assign_adapter
      echo 0x47 > assign_domain
      echo 0xff > assign_domain
      cd ../$uuid3
      echo 6 > assign_adapter
      echo 0x47 > assign_domain
      echo 0xff > assign_domain
      cd ..
      """;

  @ParameterizedTest
  @MethodSource("callers")
  void givesThreeGuestsTheirQueues(Caller caller) {
    assertThat(
            bashIn(
                caller,
                "document",
                SETUP + "for u in $uuid1 $uuid2 $uuid3; do cat $u/matrix; done"))
        .isEqualTo(
            """
            05.0004
            05.00ab
            06.0004
            06.00ab
            05.0047
            05.00ff
            06.0047
            06.00ff
            """);
  }

  @ParameterizedTest
  @MethodSource("callers")
  void refusesWhatWouldShareOrStealAQueue(Caller caller) {
    String script =
        SETUP
            + """
            echo 6 > $uuid2/assign_adapter
            echo 7 > $uuid1/assign_adapter
            echo 1 > $uuid1/assign_domain
            echo +4 > /sys/bus/ap/aqmask
            echo 256 > $uuid3/assign_adapter
            echo five > $uuid3/assign_adapter
            echo $uuid1 > mdev_supported_types/vfio_ap-passthrough/create
            cat $uuid1/assign_adapter
            """;
    String prefix = "bash: line ";
    assertThat(bashIn(caller, "document", script).replaceAll(prefix + "\\d+: ", ""))
        .isEqualTo(
            """
            echo: write error: Device or resource busy
            echo: write error: Cannot assign requested address
            echo: write error: Device or resource busy
            echo: write error: No such device
            echo: write error: Invalid argument
            echo: write error: File exists
            cat: 62177883-f1bb-47f0-914d-32a22e3a8804/assign_adapter: Permission denied
            """);
  }

  @ParameterizedTest
  @MethodSource("callers")
  void removesMdevsOnceTheirGuestsEnd(Caller caller) {
    String script =
        SETUP
            + """
            exec 3<>/dev/vfio/0 4<>/dev/vfio/1 5<>/dev/vfio/2
            echo 1 > $uuid1/remove
            exec 3>&- 4>&- 5>&-
            for u in $uuid1 $uuid2 $uuid3; do echo 1 > $u/remove; done
            ls /sys/bus/mdev/devices /dev/vfio
            """;
    assertThat(bashIn(caller, "document", script).replaceAll("bash: line \\d+: ", ""))
        .isEqualTo(
            """
            echo: write error: Device or resource busy
            /dev/vfio:
            vfio

            /sys/bus/mdev/devices:
            """);
  }
}
