package org.vfioap.host;

import static org.vfioap.lab.LabAssertions.assertRefused;
import static org.vfioap.lab.LabAssertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vfioap.ap.ApMask;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.kernel.Uevent;
import org.vfioap.lab.Admin;
import org.vfioap.lab.Machines;
import org.vfioap.lab.Mdev;

/**
 * What user space is told, in the kernel's order.
 *
 * <pre>
 *   05.0001  with the host's driver        event: ACTION@DEVPATH, then properties in order
 * </pre>
 */
class UeventsTest {
  private static final String CARD = "/devices/ap/card05";
  private static final String QUEUE = CARD + "/05.0001";

  private final Admin admin = Admin.boot(Machines.cards(ApMask.of(5), ApMask.of(1)));

  private List<String> eventsOf(Runnable action) {
    return UeventLines.of(admin.ueventsOf(action));
  }

  @Test
  void bootTellsCardQueueScanBindingsAndMatrix() {
    assertThat(UeventLines.of(admin.host().uevents().recent()))
        .containsExactly(
            "add@" + CARD + " ap DEVTYPE=ap_card DEV_TYPE=000B MODALIAS=ap:t0B MODE=cca",
            "bind@"
                + CARD
                + " ap DEVTYPE=ap_card DRIVER=cex4card DEV_TYPE=000B MODALIAS=ap:t0B MODE=cca",
            "add@" + QUEUE + " ap DEVTYPE=ap_queue MODE=cca",
            "bind@" + QUEUE + " ap DEVTYPE=ap_queue DRIVER=cex4queue MODE=cca",
            "change@/devices/ap ap INITSCAN=done",
            "change@/devices/ap ap BINDINGS=complete COMPLETECOUNT=1",
            "add@/devices/virtual/misc/vfio misc MAJOR=10 MINOR=196 DEVNAME=vfio/vfio"
                + " DEVMODE=0666",
            "add@/devices/vfio_ap/matrix matrix",
            "bind@/devices/vfio_ap/matrix matrix DRIVER=vfio_ap",
            "change@/devices/vfio_ap/matrix matrix MDEV_STATE=registered DRIVER=vfio_ap");
  }

  @Test
  void eventsAreNumberedFromOne() {
    admin.echo("-5", "bus/ap/apmask");

    List<Uevent> events = admin.host().uevents().recent();

    assertThat(events.get(0).environment())
        .startsWith("ACTION=add", "DEVPATH=" + CARD, "SUBSYSTEM=ap", "DEVTYPE=ap_card")
        .endsWith("SEQNUM=1");
    assertThat(events).extracting(Uevent::seqnum).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void maskWriteMovesTheQueueAndThenTellsTheMask() {
    assertThat(eventsOf(() -> admin.echo("-5", "bus/ap/apmask")))
        .containsExactly(
            "unbind@" + QUEUE + " ap DEVTYPE=ap_queue MODE=cca",
            "change@/devices/ap ap BINDINGS=complete COMPLETECOUNT=2",
            "bind@" + QUEUE + " ap DEVTYPE=ap_queue DRIVER=vfio_ap MODE=cca",
            "change@/devices/ap ap APMASK=" + ApMask.ALL.without(5));
  }

  @Test
  void domainMaskWriteTellsItsMask() {
    assertThat(eventsOf(() -> admin.echo("-9", "bus/ap/aqmask")))
        .containsExactly("change@/devices/ap ap AQMASK=" + ApMask.ALL.without(9));
  }

  @Test
  void maskTextEndsWithANewlineAsInTheKernel() {
    List<Uevent> events = admin.ueventsOf(() -> admin.echo("-9", "bus/ap/aqmask"));

    assertThat(events.get(0).properties())
        .containsExactly("AQMASK=" + ApMask.ALL.without(9) + "\n");
  }

  @Test
  void refusedMaskWriteTellsNothing() {
    assertThat(
            eventsOf(() -> assertRefused(Errno.EINVAL, () -> admin.echo("junk", "bus/ap/apmask"))))
        .isEmpty();
  }

  @Test
  void scanTellsWhatArrives() {
    assertThat(eventsOf(() -> admin.change(hardware -> hardware.domains(ApMask.of(1, 2)))))
        .containsExactly(
            "add@" + CARD + "/05.0002 ap DEVTYPE=ap_queue MODE=cca",
            "change@/devices/ap ap BINDINGS=complete COMPLETECOUNT=2",
            "bind@" + CARD + "/05.0002 ap DEVTYPE=ap_queue DRIVER=cex4queue MODE=cca");
  }

  @Test
  void scanTellsWhatLeavesQueuesFirst() {
    assertThat(eventsOf(() -> admin.change(hardware -> hardware.adapters(ApMask.NONE))))
        .containsExactly(
            "unbind@" + QUEUE + " ap DEVTYPE=ap_queue MODE=cca",
            "remove@" + QUEUE + " ap DEVTYPE=ap_queue MODE=cca",
            "unbind@" + CARD + " ap DEVTYPE=ap_card DEV_TYPE=000B MODALIAS=ap:t0B MODE=cca",
            "remove@" + CARD + " ap DEVTYPE=ap_card DEV_TYPE=000B MODALIAS=ap:t0B MODE=cca");
  }

  @Test
  void scanThatFindsNothingNewTellsNothing() {
    assertThat(eventsOf(() -> admin.echo("1", "bus/ap/scans"))).isEmpty();
  }

  @Test
  void unbindAndBindAreTold() {
    assertThat(
            eventsOf(
                () ->
                    admin
                        .echo("05.0001", "bus/ap/drivers/cex4queue/unbind")
                        .echo("05.0001", "bus/ap/drivers/cex4queue/bind")))
        .containsExactly(
            "unbind@" + QUEUE + " ap DEVTYPE=ap_queue MODE=cca",
            "change@/devices/ap ap BINDINGS=complete COMPLETECOUNT=2",
            "bind@" + QUEUE + " ap DEVTYPE=ap_queue DRIVER=cex4queue MODE=cca");
  }

  @Test
  void configTellsTheCardAtOnceAndTheQueueAtTheNextScan() {
    assertThat(eventsOf(() -> admin.echo("0", "devices/ap/card05/config")))
        .singleElement()
        .asString()
        .startsWith("change@" + CARD + " ap CONFIG=0 DEVTYPE=ap_card DRIVER=cex4card");

    assertThat(eventsOf(admin.host()::scan))
        .containsExactly(
            "change@" + QUEUE + " ap CONFIG=0 DEVTYPE=ap_queue DRIVER=cex4queue MODE=cca");
  }

  @Test
  void onlineTellsTheCardAndEachQueueThatChanges() {
    assertThat(eventsOf(() -> admin.echo("0", "devices/ap/card05/online")))
        .containsExactly(
            "change@"
                + CARD
                + " ap ONLINE=0 DEVTYPE=ap_card DRIVER=cex4card DEV_TYPE=000B MODALIAS=ap:t0B"
                + " MODE=cca",
            "change@" + QUEUE + " ap ONLINE=0 DEVTYPE=ap_queue DRIVER=cex4queue MODE=cca");
  }

  @Test
  void onlineOfAQueueTellsOnlyTheQueue() {
    assertThat(eventsOf(() -> admin.echo("0", QUEUE.substring(1) + "/online")))
        .containsExactly(
            "change@" + QUEUE + " ap ONLINE=0 DEVTYPE=ap_queue DRIVER=cex4queue MODE=cca");
  }

  private static final String MDEV = "/devices/vfio_ap/matrix/" + Admin.UUID1;

  @Test
  void createTellsMdevGroupAndDriver() {
    assertThat(eventsOf(() -> admin.create(Admin.UUID1)))
        .containsExactly(
            "add@" + MDEV + " mdev",
            "add@/devices/virtual/vfio/0 vfio MAJOR=511 MINOR=0 DEVNAME=vfio/0",
            "bind@" + MDEV + " mdev DRIVER=vfio_ap_mdev");
  }

  @Test
  void removeTellsTheSameBackwards() {
    Mdev mdev = admin.create(Admin.UUID1);

    assertThat(eventsOf(mdev::remove))
        .containsExactly(
            "remove@/devices/virtual/vfio/0 vfio MAJOR=511 MINOR=0 DEVNAME=vfio/0",
            "unbind@" + MDEV + " mdev",
            "remove@" + MDEV + " mdev");
  }

  @Test
  void kernelsWithVfioDevicesTellThemToo() {
    Admin linux = Admin.boot(Machines.cards(ApMask.of(5), ApMask.of(1)), KernelProfile.LINUX_6_1);

    List<String> heads = linux.eventsOf(() -> linux.create(Admin.UUID1).remove());

    assertThat(heads)
        .containsExactly(
            "add@" + MDEV,
            "add@/devices/virtual/vfio/0",
            "add@" + MDEV + "/vfio-dev/vfio0",
            "bind@" + MDEV,
            "remove@" + MDEV + "/vfio-dev/vfio0",
            "remove@/devices/virtual/vfio/0",
            "unbind@" + MDEV,
            "remove@" + MDEV);
  }

  @Test
  void assignmentsTellNothing() {
    Mdev mdev = admin.create(Admin.UUID1);

    assertThat(eventsOf(() -> mdev.assignAdapters(9).unassignAdapters(9).assignControlDomains(9)))
        .isEmpty();
  }

  @Test
  void unloadingTellsMdevsQueuesAndMatrix() {
    admin.create(Admin.UUID1);
    admin.echo("-5", "bus/ap/apmask");

    assertThat(admin.eventsOf(admin.host()::unloadVfioAp))
        .containsExactly(
            "change@/devices/vfio_ap/matrix",
            "remove@/devices/virtual/vfio/0",
            "unbind@" + MDEV,
            "remove@" + MDEV,
            "unbind@" + QUEUE,
            "unbind@/devices/vfio_ap/matrix",
            "remove@/devices/vfio_ap/matrix",
            "remove@/devices/virtual/misc/vfio");
  }
}
