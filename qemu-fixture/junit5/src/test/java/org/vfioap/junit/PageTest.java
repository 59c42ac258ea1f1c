package org.vfioap.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vfioap.junit.VfioAp.Place.RUNNING;
import static org.vfioap.junit.assertions.VfioApAssertions.assertThat;
import static org.vfioap.junit.assertions.VfioApAssertions.assertThatRefusal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.vfioap.ap.AdapterMode;
import org.vfioap.ap.AdapterType;
import org.vfioap.host.ApHost;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.place.Execution;
import org.vfioap.place.RunningMachine;
import org.vfioap.qemu.client.QmpClient;
import org.vfioap.qemu.json.JsonObject;

/** What docs/junit.md and the README show is here, and works. */
@VfioAp(
    yaml =
        """
        boot: {apmask: "+0-255,-5"}
        adapters: {5: {type: CEX8}, 6: {type: CEX8}}
        domains: [4]
        mdevs: [{uuid: 62177883-f1bb-47f0-914d-32a22e3a8804, adapters: [5], domains: [4]}]
        """)
class PageTest {
  private static final String UUID = "62177883-f1bb-47f0-914d-32a22e3a8804";
  private static final Pattern SNIPPET =
      Pattern.compile("<!-- snippet: \\w+ -->\n```java\n(.*?)```", Pattern.DOTALL);

  @Test
  void thePagesShowWhatStandsHere() throws Exception {
    List<String> here =
        Files.readAllLines(Path.of("src/test/java/org/vfioap/junit/PageTest.java")).stream()
            .map(String::strip)
            .toList();
    for (String page : List.of("../../docs/junit.md", "../../README.md")) {
      Matcher matcher = SNIPPET.matcher(Files.readString(Path.of(page)));
      List<String> snippets = matcher.results().map(found -> found.group(1)).toList();
      assertThat(snippets).isNotEmpty();
      for (String each : snippets) {
        List<String> lines = each.lines().map(String::strip).toList();
        assertThat(here).as(page).containsSequence(lines);
      }
    }
  }

  @Nested
  @VfioAp("document")
  class FirstTest {
    @Test
    void reservesACardForGuests(@Sys Path sys, ApHost host) throws Exception {
      Files.writeString(sys.resolve("bus/ap/apmask"), "-5\n");

      assertThat(host).queue("05.0004").isBoundTo("vfio_ap");
    }
  }

  @Test
  @VfioAp(place = RUNNING)
  @RequiresTool(Tool.MDEVCTL)
  void mdevctlSeesTheMachine(RunningMachine machine) throws Exception {
    Execution types = machine.exec("mdevctl", "types");

    assertThat(types.output()).contains("vfio_ap-passthrough");
  }

  @Test
  void aReservedAdapterIsRefused(@Sys Path sys) {
    Path mdev = sys.resolve("devices/vfio_ap/matrix/" + UUID);

    assertThatRefusal(() -> Files.writeString(mdev.resolve("assign_adapter"), "6"))
        .isErrno(Errno.EADDRNOTAVAIL);
  }

  @Test
  void aGuestThatKeepsItsDevice(@Guest(mdev = UUID) FixtureGuest guest) throws Exception {
    guest.faults().unplug().reject().once();

    try (QmpClient product = QmpClient.connect(guest.qmpSocket())) {
      product.execute("device_del", JsonObject.of("id", guest.device(UUID)));
      product.awaitEvent("DEVICE_UNPLUG_GUEST_ERROR");
    }

    assertThat(guest).hasQueues("05.0004");
    guest.journal().received("device_del").with("id", guest.device(UUID)).once();
  }

  @Test
  void theMaskChangesAtTheWorstMoment(Fixture fixture, @Sys Path sys) throws Exception {
    String matrix = "devices/vfio_ap/matrix/" + UUID;
    fixture
        .faults()
        .before("/sys/**/unassign_domain")
        .run(() -> fixture.write("/sys/bus/ap/aqmask", "-4"));

    Files.writeString(sys.resolve(matrix + "/unassign_domain"), "4");

    fixture.writes().wrote("/sys/**/unassign_domain").once();
  }

  @Test
  void anAdapterThatArrivesLater(Fixture fixture, @Guest(mdev = UUID) FixtureGuest guest) {
    fixture.faults().remove(5);
    assertThat(guest).hasNoQueues();

    fixture.faults().arrive(5, AdapterType.CEX8, AdapterMode.EP11);

    fixture.await().queueIn("05.0004", guest);
  }

  @EveryKernel
  void everyKernelRefusesToShare(@Sys Path sys, KernelProfile kernel) {
    assertThatRefusal(() -> Files.writeString(sys.resolve("bus/ap/apmask"), "+5"))
        .isErrno(Errno.EBUSY);
  }

  /** Has no annotation: its machine is computed. */
  @Disabled(Kit.ONLY)
  static class ComputedTest {
    @RegisterExtension
    final VfioApExtension host =
        VfioApExtension.machine("z16")
            .profile(KernelProfile.LINUX_6_12)
            .beforeEach(fixture -> fixture.write("/sys/bus/ap/apmask", "-1"))
            .build();

    @Test
    void isSetUp(@Sys Path sys) throws Exception {
      assertThat(Files.readString(sys.resolve("bus/ap/apmask"))).startsWith("0xbf");
    }
  }

  @Test
  void aComputedMachineIsSetUp() {
    assertThat(Kit.run(ComputedTest.class).failures()).isEmpty();
  }
}
