package org.vfioap.host;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vfioap.lab.LabAssertions.assertRefused;
import static org.vfioap.lab.LabAssertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vfioap.ap.AdapterMode;
import org.vfioap.ap.AdapterType;
import org.vfioap.ap.ApHardware;
import org.vfioap.ap.ApMask;
import org.vfioap.ap.Facility;
import org.vfioap.ap.QueueState;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.kernel.Uevent;
import org.vfioap.lab.Admin;
import org.vfioap.lab.Machines;
import org.vfioap.mdev.Guest;
import org.vfioap.mdev.OpenMdev;

/**
 * A guest under Secure Execution binds its queues: drivers/s390/crypto/ap_queue.c, se_bind_store,
 * se_associate_store and ap_sm_assoc_wait, of Linux 6.8, 6.12.117 and 7.2.13.
 *
 * <pre>
 *   mdev -> secure guest:   05 CEX8C    06 CEX8A    08 CEX8P      domains 1 and 2
 * </pre>
 */
class SecureExecutionTest {
  private static final String ACCELERATOR = "devices/ap/card06/06.0001/";
  private static final String EP11 = "devices/ap/card08/08.0001/";
  private static final String BIND = EP11 + "se_bind";
  private static final String ASSOCIATE = EP11 + "se_associate";

  private final ApHardware hardware = hardware(EnumSet.allOf(Facility.class));
  private final Admin host = Admin.bootAllPassed(hardware, KernelProfile.LINUX_6_12);
  private final Guest guest = host.host().guest("secret").underSecureExecution();
  private final OpenMdev mdev = plug(host, guest);
  private final Admin admin = Admin.of(host.host().inside(guest));

  private static ApHardware hardware(Set<Facility> facilities) {
    ApHardware hardware = Machines.cards(ApMask.of(5, 6, 8), ApMask.of(1, 2));
    Machines.with(hardware, 5, AdapterType.CEX8, AdapterMode.CCA);
    Machines.with(hardware, 6, AdapterType.CEX8, AdapterMode.ACCELERATOR);
    Machines.with(hardware, 8, AdapterType.CEX8, AdapterMode.EP11);
    return hardware.facilities(facilities);
  }

  private static OpenMdev plug(Admin host, Guest guest) {
    host.create(Admin.UUID1).assignAdapters(5, 6, 8).assignDomains(1, 2);
    return host.host().open(Admin.UUID1, guest);
  }

  private static Admin secureGuest(KernelProfile profile, Set<Facility> facilities) {
    Admin host = Admin.bootAllPassed(hardware(facilities), profile);
    Guest guest = host.host().guest("secret").underSecureExecution();
    plug(host, guest);
    return Admin.of(host.host().inside(guest));
  }

  private Admin become(String queue, QueueState state) {
    host.change(h -> Machines.with(h, queue, state));
    admin.host().keepUp();
    return admin;
  }

  @ParameterizedTest
  @EnumSource
  void filesCameWithLinux68(KernelProfile profile) {
    boolean there = profile.compareTo(KernelProfile.LINUX_6_8) >= 0;
    Admin admin = secureGuest(profile, EnumSet.allOf(Facility.class));

    assertThat(admin.ls(EP11).contains("se_bind")).isEqualTo(there);
    assertThat(admin.ls(EP11).contains("se_associate")).isEqualTo(there);
  }

  @Test
  void filesNeedSecureBindingOfTheMachine() {
    Set<Facility> facilities = EnumSet.complementOf(EnumSet.of(Facility.APSB));
    Admin admin = secureGuest(KernelProfile.LINUX_6_12, facilities);

    assertThat(admin.ls(EP11)).doesNotContain("se_bind", "se_associate");
  }

  @Test
  void filesAreInSecureGuestsOnly() {
    Admin open = Admin.of(host.host().inside(host.host().guest("open")));

    assertThat(host.ls(EP11)).doesNotContain("se_bind", "se_associate");
    assertThat(open.ls("devices/ap")).doesNotContain("card08");
  }

  @Test
  void coprocessorsInCcaModeHaveNoFiles() {
    assertThat(admin.ls("devices/ap/card05/05.0001")).doesNotContain("se_bind", "se_associate");
    assertThat(admin.ls(ACCELERATOR)).contains("se_bind", "se_associate");
  }

  @Test
  void guestOfAGuestCannotBeSecure() {
    Guest inner = admin.host().guest("inner").underSecureExecution();

    assertThatThrownBy(() -> admin.host().inside(inner))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("inner");
  }

  @Test
  void queueBeginsUnbound() {
    assertThat(admin).shows(BIND, "unbound").shows(ASSOCIATE, "unassociated");
    assertThat(admin).shows(ACCELERATOR + "se_bind", "unbound");
    assertThat(admin).shows(ACCELERATOR + "se_associate", "-");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "y", "Yes", "on", "ON", "true", "1 and more"})
  void bindsByATruthValue(String text) {
    admin.echo(text, BIND);

    assertThat(admin).shows(BIND, "bound").shows(ASSOCIATE, "unassociated");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2", "bind", "o", " 1"})
  void refusesOtherValues(String text) {
    assertRefused(Errno.EINVAL, () -> admin.echo(text, BIND));

    assertThat(admin).shows(BIND, "unbound");
  }

  @Test
  void refusesToBindTwice() {
    admin.echo("1", BIND).echo("1", ACCELERATOR + "se_bind");

    assertRefused(Errno.EINVAL, () -> admin.echo("1", BIND));
    assertRefused(Errno.EINVAL, () -> admin.echo("1", ACCELERATOR + "se_bind"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "n", "off", "False"})
  void unbindingEndsTheAssociation(String text) {
    admin.echo("1", BIND).echo("7", ASSOCIATE);

    admin.echo(text, BIND).echo(text, BIND);

    assertThat(admin).shows(BIND, "unbound").shows(ASSOCIATE, "unassociated");
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "7, 7", "0x10, 16", "010, 8", "+5, 5", "65535, 65535"})
  void associatesWithASecret(String text, String index) {
    admin.echo("1", BIND).echo(text, ASSOCIATE);

    assertThat(admin).shows(ASSOCIATE, "associated " + index).shows(BIND, "bound");
  }

  @ParameterizedTest
  @CsvSource({
    "65536, EINVAL",
    "4294967295, EINVAL",
    "4294967296, ERANGE",
    "18446744073709551616, ERANGE",
    "-1, EINVAL",
    "'', EINVAL",
    "secret, EINVAL",
    "'1 2', EINVAL"
  })
  void refusesWhatIsNoSecret(String text, Errno errno) {
    admin.echo("1", BIND);

    assertRefused(errno, () -> admin.echo(text, ASSOCIATE));

    assertThat(admin).shows(ASSOCIATE, "unassociated");
  }

  @Test
  void numberIsReadBeforeTheStateIsAsked() {
    assertRefused(Errno.ERANGE, () -> admin.echo("4294967296", ASSOCIATE));
    assertRefused(Errno.EINVAL, () -> admin.echo("7", ASSOCIATE));
    assertRefused(Errno.EINVAL, () -> admin.echo("4294967296", ACCELERATOR + "se_associate"));
  }

  @Test
  void refusesASecondSecret() {
    admin.echo("1", BIND).echo("7", ASSOCIATE);

    assertRefused(Errno.EINVAL, () -> admin.echo("8", ASSOCIATE));

    assertThat(admin).shows(ASSOCIATE, "associated 7");
  }

  @Test
  void associationMayTakeItsTime() {
    become("08.0001", QueueState.ASSOCIATION_PENDING).echo("1", BIND).echo("7", ASSOCIATE);

    assertThat(admin).shows(ASSOCIATE, "association pending").shows(BIND, "bound");
    assertRefused(Errno.EBUSY, () -> admin.echo("8", ASSOCIATE));
    assertRefused(Errno.EINVAL, () -> admin.echo("1", BIND));

    assertThat(become("08.0001", QueueState.OK)).shows(ASSOCIATE, "associated 7");
  }

  @Test
  void unbindingEndsAPendingAssociation() {
    become("08.0001", QueueState.ASSOCIATION_PENDING).echo("1", BIND).echo("7", ASSOCIATE);

    admin.echo("0", BIND);

    assertThat(become("08.0001", QueueState.OK)).shows(ASSOCIATE, "unassociated");
  }

  @Test
  void machineMayRefuse() {
    become("08.0001", QueueState.BIND_REFUSED);
    assertRefused(Errno.EIO, () -> admin.echo("1", BIND));
    assertThat(admin).shows(BIND, "unbound");

    become("08.0001", QueueState.ASSOCIATION_REFUSED).echo("1", BIND);
    assertRefused(Errno.EIO, () -> admin.echo("7", ASSOCIATE));
    assertThat(admin).shows(ASSOCIATE, "unassociated");
  }

  @ParameterizedTest
  @CsvSource({"DECONFIGURED, EIO", "CHECKSTOPPED, EIO"})
  void queueHasToAnswer(QueueState state, Errno errno) {
    become("08.0001", state);

    assertRefused(errno, () -> admin.echo("1", BIND));
    assertRefused(Errno.EIO, () -> admin.echo("7", ASSOCIATE));
    admin.echo("0", BIND);
    assertThat(admin).shows(BIND, "unbound");
  }

  @Test
  void resetInTheGuestLeavesTheAssociation() {
    admin.echo("1", BIND).echo("7", ASSOCIATE);

    admin.echo("1", EP11 + "reset");

    assertThat(admin).shows(ASSOCIATE, "associated 7");
  }

  @Test
  void newDriverDoesNotKnowTheSecret() {
    admin.echo("1", BIND).echo("7", ASSOCIATE);

    admin.echo("08.0001", "bus/ap/drivers/cex4queue/unbind");
    admin.echo("08.0001", "bus/ap/drivers/cex4queue/bind");

    assertThat(admin).shows(BIND, "bound");
    assertRefused(Errno.EIO, () -> admin.cat(ASSOCIATE));
    assertThat(admin.echo("0", BIND)).shows(ASSOCIATE, "unassociated");
  }

  @Test
  void resetOfTheDeviceUnbindsEveryQueue() {
    admin.echo("1", BIND).echo("1", ACCELERATOR + "se_bind");

    mdev.reset();

    assertThat(admin).shows(BIND, "unbound").shows(ACCELERATOR + "se_bind", "unbound");
  }

  @Test
  void queueThatLeftTheGuestComesBackUnbound() {
    admin.echo("1", BIND).echo("7", ASSOCIATE);

    host.echo("8", Admin.MATRIX + Admin.UUID1 + "/unassign_adapter");
    assertThat(admin).shows(BIND, "bound");
    host.echo("8", Admin.MATRIX + Admin.UUID1 + "/assign_adapter");

    assertThat(admin).shows(BIND, "unbound").shows(ASSOCIATE, "unassociated");
  }

  @Test
  void linux72AnnouncesBindingAndAssociation() {
    Admin admin = secureGuest(KernelProfile.LINUX_7_2, EnumSet.allOf(Facility.class));

    List<Uevent> events =
        admin.ueventsOf(
            () ->
                admin
                    .echo("enable", BIND)
                    .echo("7", ASSOCIATE)
                    .echo("disable", BIND)
                    .echo("1", ACCELERATOR + "se_bind"));

    assertThat(events.stream().map(Uevent::toString))
        .containsExactly(
            "change@/devices/ap/card08/08.0001",
            "change@/devices/ap/card08/08.0001",
            "change@/devices/ap/card06/06.0001");
    assertThat(events.stream().map(event -> event.properties().get(0)))
        .containsExactly("SE_BIND=1", "SE_ASSOC=7", "SE_BIND=1");
  }

  @Test
  void linux72AnnouncesALateAssociationWhenItIsThere() {
    ApHardware late = hardware(EnumSet.allOf(Facility.class));
    Machines.with(late, "08.0001", QueueState.ASSOCIATION_PENDING);
    Admin outside = Admin.bootAllPassed(late, KernelProfile.LINUX_7_2);
    Guest secret = outside.host().guest("late").underSecureExecution();
    plug(outside, secret);
    Admin inside = Admin.of(outside.host().inside(secret));

    assertThat(inside.eventsOf(() -> inside.echo("1", BIND).echo("7", ASSOCIATE))).hasSize(1);
    outside.change(h -> Machines.with(h, "08.0001", QueueState.OK));

    assertThat(inside.eventsOf(() -> inside.host().keepUp()))
        .containsExactly("change@/devices/ap/card08/08.0001");
    assertThat(inside).shows(ASSOCIATE, "associated 7");
  }

  @Test
  void olderKernelsAnnounceNothing() {
    List<String> events =
        admin.eventsOf(() -> admin.echo("1", BIND).echo("7", ASSOCIATE).echo("0", BIND));

    assertThat(events).isEmpty();
  }
}
