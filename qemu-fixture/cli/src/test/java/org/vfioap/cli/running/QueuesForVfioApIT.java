package org.vfioap.cli.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How device plugins give queues to vfio_ap on the kernels that people run: by driver_override, by
 * driverctl, and by the masks where there is no override.
 */
final class QueuesForVfioApIT extends WithMachines {
  private static final String BY_OVERRIDE =
      """
      # preflight
      apmask is all ones: ok
      aqmask is all ones: ok
      queues have driver_override: ok
      the matrix device can make mdevs: ok
      it is on the mdev bus: ok
      # wrong turns
      override without rebinding: ok
      assign a queue that the host's driver still has: Cannot assign requested address
      write a mask meanwhile: Invalid argument
      unbind: ok
      assign a queue that no driver has: Cannot assign requested address
      bind it to the host's driver: No such device
      # prepare
      probe: ok
      driver vfio_ap
      assign: ok
      assign a domain whose queue was not given: Cannot assign requested address
      give that one, too: ok
      assign it: ok
      matrix 05.0004 05.0047
      # unprepare
      remove the mdev: ok
      give back: ok
      give back: ok
      drivers cex4queue cex4queue
      write a mask: ok
      override while the masks are in use: Invalid argument
      """;

  private static final String BY_MASKS =
      """
      queues have driver_override: no
      take adapter 5 out of the mask: ok
      take domain 4 out of the mask: ok
      drivers vfio_ap cex4queue
      assign the adapter: ok
      assign the domain: ok
      matrix 05.0004
      take the adapter back meanwhile: ok
      take the domain back meanwhile: Device or resource busy
      remove the mdev: ok
      take the adapter back: ok
      take the domain back: ok
      driver cex4queue
      """;

  private static String script(String name) {
    try {
      return Files.readString(Path.of("src/test/sh", name));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Path machine(Caller caller, String profile) {
    String text = "profile: %s\nadapters: {5: {type: CEX7}, 6: {type: CEX7}}\ndomains: [4, 0x47]\n";
    return file(caller, profile + ".yaml", text.formatted(profile));
  }

  Stream<Arguments> withOverride() {
    return everyCaller("linux-6.19", "linux-7.2");
  }

  Stream<Arguments> withoutOverride() {
    return everyCaller("documented", "linux-6.1", "linux-6.8", "linux-6.12", "linux-6.15");
  }

  private Stream<Arguments> everyCaller(String... profiles) {
    return callers().stream()
        .flatMap(caller -> Stream.of(profiles).map(profile -> Arguments.of(caller, profile)));
  }

  @ParameterizedTest
  @MethodSource("withOverride")
  void givesQueuesByOverride(Caller caller, String profile) {
    String machine = machine(caller, profile).toString();

    assertThat(bashIn(caller, machine, script("queues-by-override.sh"))).isEqualTo(BY_OVERRIDE);
  }

  @ParameterizedTest
  @MethodSource("withoutOverride")
  void givesQueuesByMasks(Caller caller, String profile) {
    String machine = machine(caller, profile).toString();

    assertThat(bashIn(caller, machine, script("queues-by-masks.sh"))).isEqualTo(BY_MASKS);
  }

  /** The real driverctl, which unbinds first and writes the override then. */
  @Test
  void givesQueuesByDriverctl() {
    boolean found =
        ordinary().run("sh", "-c", "PATH=$PATH:/usr/sbin command -v driverctl").status() == 0;
    assumeTrue(found, "driverctl is not installed");
    String script =
        """
        PATH=$PATH:/usr/sbin
        driverctl -b ap --nosave set-override 05.0004 vfio_ap
        cat /sys/devices/ap/card05/05.0004/driver_override
        ls /sys/bus/ap/drivers/vfio_ap | grep 05
        driverctl -b ap --nosave unset-override 05.0004
        ls /sys/bus/ap/drivers/cex4queue | grep 05.0004
        """;

    assertThat(bashIn(ordinary(), machine(ordinary(), "linux-6.19").toString(), script))
        .isEqualTo("vfio_ap\n05.0004\n05.0004\n");
  }

  /** A queue that leaves the machine with its override keeps the masks locked. */
  @Test
  void keepsTheMasksLockedWhenAQueueLeavesWithItsOverride() {
    Caller caller = ordinary();
    String name = start(caller, machine(caller, "linux-6.19").toString());
    bash(caller, name, "echo vfio_ap > /sys/devices/ap/card05/05.0004/driver_override");
    vfioap(caller, "hw", name, "adapter", "5", "remove");
    List<String> answers =
        bash(caller, name, "ls /sys/bus/ap/devices; echo -6 > /sys/bus/ap/apmask").lines().toList();

    assertThat(answers.subList(0, 3)).containsExactly("06.0004", "06.0047", "card06");
    assertThat(answers.get(3)).endsWith("Invalid argument");
  }
}
