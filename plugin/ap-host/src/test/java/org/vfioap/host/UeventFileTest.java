package org.vfioap.host;

import static org.vfioap.lab.LabAssertions.assertRefused;
import static org.vfioap.lab.LabAssertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vfioap.ap.ApMask;
import org.vfioap.kernel.Errno;
import org.vfioap.lab.Admin;
import org.vfioap.lab.Machines;

/**
 * What a write to a file {@code uevent} tells user space.
 *
 * <pre>
 *   05.0001  with the host's driver
 * </pre>
 */
class UeventFileTest {
  private static final String QUEUE = "/devices/ap/card05/05.0001";

  private final Admin admin = Admin.boot(Machines.cards(ApMask.of(5), ApMask.of(1)));

  private List<String> eventsOf(Runnable action) {
    return UeventLines.of(admin.ueventsOf(action));
  }

  @ParameterizedTest
  @CsvSource({
    "change, change, SYNTH_UUID=0",
    "add, add, SYNTH_UUID=0",
    "remove, remove, SYNTH_UUID=0",
    "online, online, SYNTH_UUID=0",
    "change fe4d7c9d-b8c6-4a70-9ef1-3d8a58d18eed, change,"
        + " SYNTH_UUID=fe4d7c9d-b8c6-4a70-9ef1-3d8a58d18eed",
    "bind fe4d7c9d-b8c6-4a70-9ef1-3d8a58d18eed A=1 B=abc, bind,"
        + " SYNTH_UUID=fe4d7c9d-b8c6-4a70-9ef1-3d8a58d18eed SYNTH_ARG_A=1 SYNTH_ARG_B=abc"
  })
  void ueventFileSendsWhatItIsTold(String text, String action, String arguments) {
    assertThat(eventsOf(() -> admin.echo(text, QUEUE.substring(1) + "/uevent")))
        .containsExactly(
            action
                + "@"
                + QUEUE
                + " ap "
                + arguments
                + " DEVTYPE=ap_queue DRIVER=cex4queue MODE=cca");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "changed",
        "ADD",
        "add ",
        "add no-uuid",
        "add fe4d7c9d-b8c6-4a70-9ef1-3d8a58d18eed ",
        "add fe4d7c9d-b8c6-4a70-9ef1-3d8a58d18eed A",
        "add fe4d7c9d-b8c6-4a70-9ef1-3d8a58d18eed A=",
        "add fe4d7c9d-b8c6-4a70-9ef1-3d8a58d18eed A=1  B=2"
      })
  void ueventFileRefusesAndLogsEverythingElse(String text) {
    String file = QUEUE.substring(1) + "/uevent";

    List<String> log = admin.logOf(() -> assertRefused(Errno.EINVAL, () -> admin.echo(text, file)));

    assertThat(log)
        .containsExactly("cex4queue 05.0001: uevent: failed to send synthetic uevent: -22");
  }

  @ParameterizedTest
  @CsvSource({
    "bus/ap/uevent, add@/bus/ap bus",
    "bus/ap/drivers/vfio_ap/uevent, add@/bus/ap/drivers/vfio_ap drivers",
    "bus/mdev/drivers/vfio_ap_mdev/uevent, add@/bus/mdev/drivers/vfio_ap_mdev drivers",
    "devices/ap/uevent, add@/devices/ap ap",
    "devices/vfio_ap/matrix/uevent, add@/devices/vfio_ap/matrix matrix"
  })
  void busesAndDriversSendEventsToo(String file, String event) {
    assertThat(eventsOf(() -> admin.echo("add", file)))
        .singleElement()
        .asString()
        .startsWith(event + " SYNTH_UUID=0");
  }

  @Test
  void deviceWithoutSubsystemSendsNothing() {
    assertThat(eventsOf(() -> admin.echo("add", "devices/vfio_ap/uevent"))).isEmpty();
  }
}
