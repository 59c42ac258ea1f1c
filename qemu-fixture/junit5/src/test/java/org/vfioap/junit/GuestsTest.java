package org.vfioap.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vfioap.ap.AdapterMode;
import org.vfioap.ap.AdapterType;
import org.vfioap.ap.Apqn;
import org.vfioap.ap.QueueState;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.Uevent;
import org.vfioap.mdev.CpuFeature;
import org.vfioap.qemu.client.QmpClient;
import org.vfioap.qemu.json.JsonObject;

/** Guests, faults, waiting and journals on a host whose adapter 5 is for guests. */
@VfioAp(
    yaml =
        """
        boot: {apmask: "+0-255,-5"}
        adapters: {5: {type: CEX8}}
        domains: [4]
        mdevs: [{uuid: 62177883-f1bb-47f0-914d-32a22e3a8804, adapters: [5], domains: [4]}]
        """)
class GuestsTest {
  private static final String UUID = "62177883-f1bb-47f0-914d-32a22e3a8804";
  private static final Apqn QUEUE = Apqn.of(5, 4);

  @Test
  void pluggingGivesTheGuestItsQueues(@Guest FixtureGuest guest) {
    guest.plug(UUID);
    assertThat(guest.queues()).containsExactly(QUEUE);
    assertThat(guest.sys().resolve("bus/ap/devices/05.0004")).exists();
    guest.unplug(UUID);
    assertThat(guest.queues()).isEmpty();
  }

  @Test
  void aGuestMayHaveItFromItsStart(@Guest(mdev = UUID, cpu = "host,apqi=off") FixtureGuest guest) {
    assertThat(guest.queues()).containsExactly(QUEUE);
    assertThat(guest.features()).contains(CpuFeature.AP).doesNotContain(CpuFeature.APQI);
    guest.stop();
  }

  @Test
  void argumentsThatQemuRefusesAreToldInItsWords(Fixture fixture) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fixture.startGuest("g", "z99", List.of()))
        .withMessageContaining("unable to find CPU model 'z99'");
  }

  @Test
  void aRejectedUnplugIsMetOnceByTheClient(@Guest(mdev = UUID) FixtureGuest guest)
      throws Exception {
    guest.faults().unplug().reject().once();
    JsonObject device = JsonObject.of("id", guest.device(UUID));
    try (QmpClient product = QmpClient.connect(guest.qmpSocket())) {
      product.execute("device_del", device);
      product.awaitEvent("DEVICE_UNPLUG_GUEST_ERROR");
    }
    assertThat(guest.queues()).containsExactly(QUEUE);
    guest.journal().received("device_del").with("id", guest.device(UUID)).once();
    guest.journal().received("device_add").never();
  }

  @Test
  void eventsAreAwaited(Fixture fixture, @Guest(mdev = UUID) FixtureGuest guest) {
    guest.hmp("device_del hostdev0");
    assertThat(guest.await().event("DEVICE_DELETED").data().text("device")).contains("hostdev0");
    org.assertj.core.api.Assertions.assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> fixture.await().within(Duration.ofMillis(20)).event("STOP"))
        .withMessageContaining("guest1 did not send STOP");
  }

  @Test
  void aKeptDeviceIsToldToTheTest(@Guest(mdev = UUID) FixtureGuest guest) {
    guest.faults().unplug().reject().once();
    assertThatIllegalStateException()
        .isThrownBy(() -> guest.unplug(UUID))
        .withMessageContaining("DEVICE_UNPLUG_GUEST_ERROR");
  }

  @Test
  void theClockDecidesWhenADelayedEventComes(
      @Guest(mdev = UUID) FixtureGuest guest, ManualClock clock) throws Exception {
    guest.faults().unplug().delay(Duration.ofMillis(50)).once();
    try (QmpClient product = QmpClient.connect(guest.qmpSocket())) {
      product.execute("device_del", JsonObject.of("id", guest.device(UUID)));
      product.execute("query-status");
      assertThat(product.takeEvents()).isEmpty();
      clock.advance(Duration.ofMillis(50));
      assertThat(product.patience(Duration.ofSeconds(2)).nextEvent().name())
          .isEqualTo("DEVICE_DELETED");
    }
  }

  @Test
  void aPlugIsRefusedOverTheHumanMonitorToo(@Guest FixtureGuest guest) {
    guest.faults().plug().refuse("no room").once();
    String line = "device_add vfio-ap,sysfsdev=/sys/devices/vfio_ap/matrix/" + UUID;
    assertThat(guest.hmp(line)).contains("no room");
    assertThat(guest.hmp(line)).isEmpty();
    guest.stop();
  }

  @Test
  void whatArrivesLaterComesIntoTheGuest(Fixture fixture, @Guest(mdev = UUID) FixtureGuest guest) {
    fixture.faults().remove(5);
    fixture.await().noQueueIn("05.0004", guest);
    new Thread(() -> fixture.faults().arrive(5, AdapterType.CEX8, AdapterMode.EP11)).start();
    fixture.await().queueIn("05.0004", guest);
    fixture.await().uevent(Uevent.Action.ADD, "/devices/ap/card05");
    fixture.await().queue("05.0004");
    assertThat(guest.sys().resolve("devices/ap/card05")).isDirectory();
  }

  @Test
  void whatDoesNotComeIsToldWithTheRule(Fixture fixture, @Guest FixtureGuest guest) {
    org.assertj.core.api.Assertions.assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> fixture.await().within(Duration.ofMillis(30)).queueIn("05.0004", guest))
        .withMessageContaining("05.0004 did not come into guest1")
        .withMessageContaining("within 30 ms")
        .withMessageContaining("apmask 0xfb");
  }

  @Test
  void aRaceHappensExactlyBeforeTheWrite(Fixture fixture, @Sys Path sys) throws IOException {
    fixture
        .faults()
        .before("/sys/**/unassign_domain")
        .run(() -> fixture.write("/sys/bus/ap/aqmask", "-4"));
    Files.writeString(sys.resolve("devices/vfio_ap/matrix/" + UUID + "/unassign_domain"), "4");
    fixture
        .writes()
        .wrote("/sys/bus/ap/aqmask")
        .inOrder("/sys/devices/vfio_ap/matrix/" + UUID + "/unassign_domain");
    fixture.writes().wrote("/sys/**/unassign_domain").with("value", "4").once();
  }

  @Test
  void anOrderedRefusalIsMet(Fixture fixture, @Sys Path sys) {
    fixture.faults().write("/sys/bus/ap/apmask").refuse(Errno.EINTR);
    fixture.faults().read("/sys/bus/ap/{ap,aq}mask").refuse(Errno.EIO);
    assertThat(refusal(() -> Files.writeString(sys.resolve("bus/ap/apmask"), "+5")))
        .isEqualTo("Interrupted system call");
    assertThat(refusal(() -> Files.readString(sys.resolve("bus/ap/apmask"))))
        .isEqualTo("Input/output error");
    fixture.writes().wrote("/sys/bus/ap/apmask").with("errno", Errno.EINTR).once();
  }

  @Test
  void aWriteMayBeRefusedAfterItWasDone(Fixture fixture, @Sys Path sys) {
    fixture.faults().write("/sys/bus/ap/aqmask").refuse(Errno.EIO, true);
    assertThat(refusal(() -> Files.writeString(sys.resolve("bus/ap/aqmask"), "-7")))
        .isEqualTo("Input/output error");
    assertThat(fixture.read("/sys/bus/ap/aqmask")).startsWith("0xfe");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fixture.faults().read("/sys/**").refuse(Errno.EIO, true))
        .withMessageContaining("allowed afterwards: writes");
  }

  private static String refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    Throwable refused = org.assertj.core.api.Assertions.catchThrowable(call);
    return String.valueOf(refused.getMessage());
  }

  @Test
  void aBrokenQueueKeepsTheAdapterOut(Fixture fixture, @Guest FixtureGuest guest) {
    fixture.faults().queue("05.0004", QueueState.RESET_STUCK);
    assertThat(fixture.state()).contains("05.0004 vfio_ap", "guest guest1 has no queues");
    assertThat(guest.queues()).isEmpty();
  }

  @Test
  void aWrongCountTellsTheNearest(@Guest FixtureGuest guest) throws Exception {
    try (QmpClient product = QmpClient.connect(guest.qmpSocket())) {
      product.execute("qom-list", JsonObject.of("path", "/machine"));
    }
    org.assertj.core.api.Assertions.assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> guest.journal().received("qom-list").with("path", "/objects").once())
        .withMessageContaining("nearest: 2. of 2: qom-list")
        .withMessageContaining("path: wanted \"/objects\", was \"/machine\"   <<< differs");
  }
}
