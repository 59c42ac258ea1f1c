package org.vfioap.bus;

import static org.vfioap.lab.LabAssertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vfioap.ap.Adapter;
import org.vfioap.ap.AdapterId;
import org.vfioap.ap.AdapterMode;
import org.vfioap.ap.AdapterType;
import org.vfioap.ap.ApMask;
import org.vfioap.ap.QueueState;
import org.vfioap.lab.Admin;
import org.vfioap.lab.Machines;

/**
 * What the files of a queue tell of its health and its resets.
 *
 * <pre>
 *   05.0001   with the host's driver
 *   05.0002   passed
 * </pre>
 */
class QueueStateTest {
  private static final String HOST = "devices/ap/card05/05.0001/";
  private static final String PASSED = "devices/ap/card05/05.0002/";

  private final Admin admin =
      Admin.boot(Machines.cards(ApMask.of(5), ApMask.of(1, 2))).echo("-2", "bus/ap/aqmask");

  private void become(String queue, QueueState state) {
    admin.change(hardware -> Machines.with(hardware, queue, state));
  }

  @ParameterizedTest
  @CsvSource({"OK, 1, 0", "DECONFIGURED, 0, 0", "CHECKSTOPPED, 1, 1"})
  void tellsItsHealth(QueueState state, String config, String chkstop) {
    become("05.0001", state);

    assertThat(admin).shows(HOST + "config", config).shows(HOST + "chkstop", chkstop);
  }

  @Test
  void needsTwoScansForTwoChangesAtOnce() {
    become("05.0001", QueueState.CHECKSTOPPED);

    become("05.0001", QueueState.DECONFIGURED);
    assertThat(admin).shows(HOST + "chkstop", "0").shows(HOST + "config", "1");

    admin.echo("1", "bus/ap/scans");
    assertThat(admin).shows(HOST + "chkstop", "0").shows(HOST + "config", "0");
  }

  @Test
  void recoversFromACheckstop() {
    become("05.0001", QueueState.CHECKSTOPPED);

    become("05.0001", QueueState.OK);

    assertThat(admin)
        .shows(HOST + "chkstop", "0")
        .shows(HOST + "reset", "No Reset Timer set.")
        .shows(HOST + "interrupt", "Interrupts enabled.");
  }

  @Test
  void countsNoRequestsOfAPassedQueue() {
    assertThat(admin).shows(HOST + "request_count", "0").shows(PASSED + "request_count", "-");
  }

  @Test
  void startsNoResetOfAPassedQueue() {
    admin.echo("1", PASSED + "reset");

    assertThat(admin)
        .shows(PASSED + "reset", "Reset in progress.")
        .shows(PASSED + "request_count", "-");
  }

  @Test
  void keepsAPassedQueueForItsGuestWhenTheHostResetsIt() {
    become("05.0002", QueueState.RESET_BUSY_ONCE);

    admin.echo("1", PASSED + "reset");

    assertThat(admin.create(Admin.UUID1).assignAdapters(5).assignDomains(2))
        .hasGuestMatrix("05.0002");
  }

  @Test
  void followsItsCardWhenThatIsDeconfigured() {
    admin.echo("0", "devices/ap/card05/config");
    assertThat(admin).shows("devices/ap/card05/config", "0").shows(HOST + "config", "1");

    admin.host().scan();

    assertThat(admin).shows(HOST + "config", "0").shows(PASSED + "config", "0");
  }

  @Test
  void goesWithItsAdapter() {
    admin.change(hardware -> hardware.adapters(ApMask.NONE));

    assertThat(admin).hasCards().hasQueues().shows("bus/ap/bindings", "0/0 (complete)");
  }

  @Test
  void comesAgainWhenItsAdapterChangesItsType() {
    admin.change(
        hardware ->
            hardware.adapter(AdapterId.of(5), Adapter.of(AdapterType.CEX8, AdapterMode.EP11)));

    assertThat(admin).shows("devices/ap/card05/type", "CEX8P").hasQueues("05.0001", "05.0002");
  }
}
