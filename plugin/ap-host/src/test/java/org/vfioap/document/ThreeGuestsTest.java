package org.vfioap.document;

import static org.vfioap.lab.LabAssertions.assertRefused;
import static org.vfioap.lab.LabAssertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vfioap.host.ApHost;
import org.vfioap.kernel.Errno;
import org.vfioap.lab.Admin;
import org.vfioap.lab.Machines;
import org.vfioap.lab.Mdev;
import org.vfioap.mdev.Guest;

/**
 * The document's example from the masks to the removal.
 *
 * <pre>
 *                    domain 4   0x47      0xab     0xff
 *   05 CEX5C (CCA)      G1       G2        G1       G2
 *   06 CEX5A (accel)    G1       G3        G1       G3
 * </pre>
 */
@DisplayName("Example: three guests")
class ThreeGuestsTest {
  private static final String[] QUEUES = {
    "05.0004", "05.0047", "05.00ab", "05.00ff", "06.0004", "06.0047", "06.00ab", "06.00ff"
  };

  private final Admin admin = Admin.boot(Machines.document());

  @BeforeEach
  void secureTheQueues() {
    admin.echo("-5,-6", "bus/ap/apmask").echo("-4,-0x47,-0xab,-0xff", "bus/ap/aqmask");
  }

  private Mdev mdev1() {
    return admin.create(Admin.UUID1).assignAdapters(5, 6).assignDomains(4, 0xab);
  }

  private Mdev mdev2() {
    return admin.create(Admin.UUID2).assignAdapters(5).assignDomains(0x47, 0xff);
  }

  private Mdev mdev3() {
    return admin.create(Admin.UUID3).assignAdapters(6).assignDomains(0x47, 0xff);
  }

  @Test
  @DisplayName("Securing the APQNs for our example: -5,-6 and -4,-0x47,-0xab,-0xff")
  void bindsTheEightQueuesToVfioAp() {
    assertThat(admin)
        .shows(
            "bus/ap/apmask", "0xf9ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")
        .shows(
            "bus/ap/aqmask", "0xf7fffffffffffffffeffffffffffffffffffffffffeffffffffffffffffffffe")
        .bindsTo("vfio_ap", QUEUES);
  }

  @Test
  @DisplayName("Securing the APQNs for our example: or the masks can be set as absolute values")
  void bindsTheSameWithAbsoluteMasks() {
    Admin other = Admin.boot(Machines.document());

    other
        .echo("0xf9ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", "bus/ap/apmask")
        .echo(
            "0xf7fffffffffffffffeffffffffffffffffffffffffeffffffffffffffffffffe", "bus/ap/aqmask");

    assertThat(other).reserves("0-4,7-255", "0-3,5-70,72-170,172-254").bindsTo("vfio_ap", QUEUES);
  }

  @Test
  @DisplayName("/sys/bus/ap/drivers/vfio_ap contains links to the queue devices bound to it")
  void linksBoundQueuesBelowTheDriver() {
    assertThat(admin.host().sysfs().readLink("/sys/bus/ap/drivers/vfio_ap/05.00ab"))
        .isEqualTo("../../../../devices/ap/card05/05.00ab");
  }

  @Test
  @DisplayName("Step 3: the tree of /sys/devices/vfio_ap/matrix before there are mdevs")
  void offersThePassthroughType() {
    assertThat(admin)
        .has("devices/vfio_ap/matrix/mdev_supported_types/vfio_ap-passthrough/create")
        .has("devices/vfio_ap/matrix/mdev_supported_types/vfio_ap-passthrough/devices");
    assertThat(admin.ls(type("devices"))).isEmpty();
  }

  @Test
  @DisplayName("mdev_supported_types: name, device_api, available_instances")
  void describesTheType() {
    assertThat(admin.cat(type("name"))).isEqualTo("VFIO AP Passthrough Device\n");
    assertThat(admin.cat(type("device_api"))).isEqualTo("vfio-ap\n");
    assertThat(admin.cat(type("available_instances"))).isEqualTo("65536\n");
  }

  private static String type(String file) {
    return "devices/vfio_ap/matrix/mdev_supported_types/vfio_ap-passthrough/" + file;
  }

  @Test
  @DisplayName("Step 3: three mdevs, named after their UUIDs, with the assignment attributes")
  void createsMdevsWithTheirAttributes() {
    admin.create(Admin.UUID1);
    admin.create(Admin.UUID2);
    admin.create(Admin.UUID3);

    assertThat(admin.ls(type("devices")))
        .containsExactlyInAnyOrder(Admin.UUID1, Admin.UUID2, Admin.UUID3);
    assertThat(admin.ls(type("devices") + "/" + Admin.UUID1))
        .contains(
            "assign_adapter",
            "assign_control_domain",
            "assign_domain",
            "control_domains",
            "guest_matrix",
            "matrix",
            "unassign_adapter",
            "unassign_control_domain",
            "unassign_domain");
  }

  @Test
  @DisplayName("Note: mdevs do not persist across reboots")
  void forgetsMdevsAtReboot() {
    mdev1();

    ApHost rebooted = ApHost.builder().hardware(Machines.document()).boot();

    assertThat(rebooted.mdevs()).isEmpty();
  }

  @Test
  @DisplayName("Step 4: the matrix of Guest1")
  void showsTheMatrixOfGuest1() {
    assertThat(mdev1()).hasMatrix("05.0004", "05.00ab", "06.0004", "06.00ab");
  }

  @Test
  @DisplayName("Step 4: the matrix of Guest2")
  void showsTheMatrixOfGuest2() {
    assertThat(mdev2()).hasMatrix("05.0047", "05.00ff");
  }

  @Test
  @DisplayName("Step 4: the matrix of Guest3")
  void showsTheMatrixOfGuest3() {
    assertThat(mdev3()).hasMatrix("06.0047", "06.00ff");
  }

  @Test
  @DisplayName("Step 4: if a mistake is made, use the unassign files")
  void takesMistakesBack() {
    Mdev mdev = mdev1().assignAdapters(7).assignDomains(0x47).assignControlDomains(4, 5);

    mdev.unassignAdapters(7).unassignDomains(0x47).unassignControlDomains(5);

    assertThat(mdev)
        .hasMatrix("05.0004", "05.00ab", "06.0004", "06.00ab")
        .hasControlDomains("0004");
  }

  @Test
  @DisplayName("Steps 5 to 7: each guest gets its queues and no other")
  void givesEachGuestItsQueues() {
    Guest guest1 = mdev1().start("guest1");
    Guest guest2 = mdev2().start("guest2");
    Guest guest3 = mdev3().start("guest3");

    assertThat(guest1).addresses("05.0004", "05.00ab", "06.0004", "06.00ab");
    assertThat(guest2).addresses("05.0047", "05.00ff");
    assertThat(guest3).addresses("06.0047", "06.00ff");
  }

  @ParameterizedTest
  @DisplayName("Let's now provide an example: what lszcrypt shows in the guests")
  @CsvSource({
    "1, 'card05 CEX5C 0x92800000, card06 CEX5A 0x6A800000'",
    "2, card05 CEX5C 0x92800000",
    "3, card06 CEX5A 0x6A800000"
  })
  void showsTheirCardsToTheGuests(int number, String cards) {
    Mdev mdev = List.of(mdev1(), mdev2(), mdev3()).get(number - 1);

    Admin inside = Admin.of(admin.host().inside(mdev.start("guest" + number)));

    assertThat(inside.ls("devices/ap").stream().filter(name -> name.startsWith("card")))
        .map(card -> card + " " + typeAndFunctions(inside, card))
        .containsExactly(cards.split(", ", -1));
  }

  private static String typeAndFunctions(Admin inside, String card) {
    String directory = "devices/ap/" + card;
    return inside.cat(directory + "/type").strip()
        + " "
        + inside.cat(directory + "/ap_functions").strip();
  }

  @Test
  @DisplayName("Let's now provide an example: the queues in Guest1, all online")
  void showsTheirQueuesToTheGuests() {
    ApHost inside = admin.host().inside(mdev1().start("guest1"));

    assertThat(inside)
        .bindsTo("cex4queue", "05.0004", "05.00ab", "06.0004", "06.00ab")
        .shows("devices/ap/card06/06.00ab/online", "1");
  }

  @Test
  @DisplayName("When the guest is shut down, the mdev may be removed")
  void removesTheMdevOfAStoppedGuest() {
    Mdev mdev = mdev1();
    mdev.open(admin.host().guest("guest1")).close();

    mdev.remove();

    assertThat(mdev).isGone();
  }

  @Test
  @DisplayName("The remove will fail if a guest using the mdev is still running")
  void refusesToRemoveTheMdevOfARunningGuest() {
    Mdev mdev = mdev1();
    Guest guest = mdev.start("guest1");

    assertRefused(Errno.EBUSY, mdev::remove);

    assertThat(mdev).hasGuestMatrix("05.0004", "05.00ab", "06.0004", "06.00ab");
    assertThat(guest).addresses("05.0004", "05.00ab", "06.0004", "06.00ab");
  }

  @Test
  @DisplayName("To recreate the mdev, all of the steps starting with step 3 are performed again")
  void recreatesARemovedMdevEmpty() {
    mdev1().remove();

    Mdev again = admin.create(Admin.UUID1);

    assertThat(again).hasMatrix().hasGuestMatrix().hasControlDomains();
  }

  @Test
  @DisplayName("If the mdev is removed, one may want to also reconfigure the pool of the host")
  void givesTheQueuesBackToTheHost() {
    mdev1().remove();

    admin.echo("+5,+6", "bus/ap/apmask").echo("+4,+0x47,+0xab,+0xff", "bus/ap/aqmask");

    assertThat(admin).reserves("0-255", "0-255").bindsTo("cex4queue", QUEUES);
  }
}
