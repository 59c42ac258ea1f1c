package org.vfioap.zcrypt;

import static org.vfioap.lab.LabAssertions.assertRefused;
import static org.vfioap.lab.LabAssertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vfioap.ap.ApMask;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.kernel.Uevent;
import org.vfioap.lab.Admin;
import org.vfioap.lab.Machines;
import org.vfioap.sysfs.OpenFile;
import org.vfioap.sysfs.SysfsTree.Access;

/**
 * The device nodes of zcrypt; the rules are those of drivers/s390/crypto/zcrypt_api.c, the same in
 * Linux 6.1.176, 6.12.117 and 7.2.13.
 *
 * <pre>
 *   /sys/class/zcrypt/{create,destroy,NAME}  ->  /sys/devices/virtual/zcrypt/NAME/{apmask,…}
 * </pre>
 */
class ZcryptNodesTest {
  private static final String CREATE = "class/zcrypt/create";
  private static final String DESTROY = "class/zcrypt/destroy";
  private static final String NODES = "devices/virtual/zcrypt";

  private final Admin admin = boot(KernelProfile.LINUX_6_12);

  private static Admin boot(KernelProfile profile) {
    return Admin.boot(Machines.cards(ApMask.of(5), ApMask.of(1, 2)), profile);
  }

  @ParameterizedTest
  @EnumSource
  void createsANodeWithEmptyMasks(KernelProfile profile) {
    Admin admin = boot(profile).echo("container", CREATE);

    String none = "0x" + "0".repeat(64);
    assertThat(admin)
        .shows(NODES + "/container/ioctlmask", none)
        .shows(NODES + "/container/apmask", none)
        .shows(NODES + "/container/aqmask", none)
        .shows(NODES + "/container/admask", none)
        .shows("class/zcrypt/container/dev", "234:0");
  }

  @ParameterizedTest
  @EnumSource
  void announcesNodesThatComeAndGo(KernelProfile profile) {
    Admin admin = boot(profile);

    List<Uevent> events = admin.ueventsOf(() -> admin.echo("a/b", CREATE).echo("a!b", DESTROY));

    assertThat(events.stream().map(Uevent::toString))
        .containsExactly("add@/devices/virtual/zcrypt/a!b", "remove@/devices/virtual/zcrypt/a!b");
    assertThat(events)
        .allSatisfy(event -> assertThat(event.subsystem()).isEqualTo("zcrypt"))
        .allSatisfy(
            event ->
                assertThat(event.properties())
                    .containsExactly("MAJOR=234", "MINOR=0", "DEVNAME=a/b"));
  }

  @ParameterizedTest
  @CsvSource({
    "container, container",
    "'  \t container \n', container",
    "'with blank inside', 'with blank inside'",
    "'1234567890123456789012345678901-and-more', 1234567890123456789012345678901",
    "'123456789012345678901234567890 cut', 123456789012345678901234567890",
    "pod/queue, pod!queue",
    "'', zcrypt_0",
    "'   ', zcrypt_0"
  })
  void takesTheNameBetweenBlanks(String written, String name) {
    admin.echo(written, CREATE);

    assertThat(admin.ls(NODES)).containsExactly(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {".", ".."})
  void listsNoNodeThatAPathCannotReach(String name) {
    admin.echo("container", CREATE).echo(name, CREATE);

    assertThat(admin.ls(NODES)).containsExactly("container");
    assertRefused(Errno.EEXIST, () -> admin.echo(name, CREATE));
    assertThat(admin.echo(name, DESTROY).ls("class/zcrypt")).hasSize(3);
  }

  @Test
  void namesNodesAfterTheFirstFreeMinorNumber() {
    admin.echo("", CREATE).echo("named", CREATE).echo("", CREATE).echo("named", DESTROY);

    admin.echo("", CREATE);

    assertThat(admin.ls(NODES)).containsExactly("zcrypt_0", "zcrypt_1", "zcrypt_2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"container", " container ", "pod/queue", "pod!queue", "create", "destroy"})
  void refusesANameThatIsTaken(String name) {
    admin.echo("container", CREATE).echo("pod/queue", CREATE);

    assertRefused(Errno.EEXIST, () -> admin.echo(name, CREATE));

    assertThat(admin.ls(NODES)).containsExactly("container", "pod!queue");
  }

  @Test
  void refusesANumberedNameThatSomebodyChose() {
    admin.echo("zcrypt_1", CREATE);

    assertRefused(Errno.EEXIST, () -> admin.echo("", CREATE).echo("", DESTROY));
  }

  @Test
  void logsTheFileNameThatIsTaken() {
    admin.echo("pod/queue", CREATE);

    assertThat(
            admin.logOf(
                () -> {
                  assertRefused(Errno.EEXIST, () -> admin.echo("pod/queue", CREATE));
                  assertRefused(Errno.EEXIST, () -> admin.echo("create", CREATE));
                }))
        .containsExactly(
            "sysfs: cannot create duplicate filename '/devices/virtual/zcrypt/pod!queue'",
            "sysfs: cannot create duplicate filename '/class/zcrypt/create'");
  }

  @Test
  void hasRoomFor256Nodes() {
    IntStream.range(0, 256).forEach(i -> admin.echo("", CREATE));

    assertRefused(Errno.ENOSPC, () -> admin.echo("", CREATE));
    assertRefused(Errno.ENOSPC, () -> admin.echo("create", CREATE));
    assertRefused(Errno.EEXIST, () -> admin.echo("zcrypt_7", CREATE));

    admin.echo("zcrypt_7", DESTROY).echo("late", CREATE);
    assertThat(admin).shows(NODES + "/late/dev", "234:7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"other", "", "pod/queue", "cont"})
  void destroysOnlyWhatThereIs(String name) {
    admin.echo("container", CREATE).echo("pod/queue", CREATE);

    assertRefused(Errno.ENOENT, () -> admin.echo(name, DESTROY));
  }

  @Test
  void directoryOfNodesGoesWithTheLast() {
    admin.echo("container", CREATE).echo(" container ", DESTROY);

    assertThat(admin.ls("devices/virtual")).doesNotContain("zcrypt");
    assertThat(admin.ls("class/zcrypt")).containsExactly("create", "destroy");
  }

  @ParameterizedTest
  @CsvSource({
    "ioctlmask, '+4,+0x64', 0x0800000000000000000000000800000000000000000000000000000000000000",
    "apmask, 0x80, 0x8000000000000000000000000000000000000000000000000000000000000000",
    "aqmask, '+0-255,-1', 0xbfffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "admask, '', 0x0000000000000000000000000000000000000000000000000000000000000000"
  })
  void masksTakeWhatTheMasksOfTheBusTake(String file, String written, String shown) {
    admin.echo("container", CREATE).echo(written, NODES + "/container/" + file);

    assertThat(admin).shows(NODES + "/container/" + file, shown);
  }

  @ParameterizedTest
  @CsvSource({"+256", "0xfg", "'5,'", "+1-0"})
  void masksRefuseWhatTheMasksOfTheBusRefuse(String written) {
    admin.echo("container", CREATE).echo("+7", NODES + "/container/apmask");

    assertRefused(Errno.EINVAL, () -> admin.echo(written, NODES + "/container/apmask"));

    assertThat(admin.cat(NODES + "/container/apmask")).startsWith("0x01000");
  }

  @Test
  void maskMayNameWhatAnMdevHas() {
    admin.echo("-5", "bus/ap/apmask");
    admin.create(Admin.UUID1).assignAdapters(5).assignDomains(1);

    admin.echo("container", CREATE).echo("+5", NODES + "/container/apmask");

    assertThat(admin.cat(NODES + "/container/apmask")).startsWith("0x04");
  }

  @Test
  void openFileOfADestroyedNodeHasNoDevice() {
    admin.echo("container", CREATE);
    OpenFile mask =
        admin.host().sysfs().open("/sys/" + NODES + "/container/apmask", Access.READ_WRITE);

    admin.echo("container", DESTROY).echo("container", CREATE);

    assertRefused(Errno.ENODEV, mask::read);
    assertRefused(Errno.ENODEV, () -> mask.write(new byte[] {'+', '1'}));
  }

  @ParameterizedTest
  @CsvSource({"documented, 10:122", "linux-6.1, 10:122", "linux-6.12, 10:261", "linux-7.2, 10:261"})
  void commonNodeIsAMiscDevice(String profile, String number) {
    Admin admin = boot(KernelProfile.parse(profile));

    assertThat(admin).shows("class/misc/z90crypt/dev", number);
  }
}
