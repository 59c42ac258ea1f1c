package org.vfioap.translation.nodedev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vfioap.host.ApHost;
import org.vfioap.host.MdevState;
import org.vfioap.kernel.Errno;
import org.vfioap.machine.Machine;
import org.vfioap.translation.files.HostFiles;
import org.vfioap.translation.files.SysfsWrite;
import org.vfioap.xml.nodedev.MdevAttribute;
import org.vfioap.xml.verdict.LibvirtRefusal;

/**
 * Writes that fill an mdev, and what is left when one is refused.
 *
 * <pre>
 *        4         0x47      0xab      0xff
 * 5      vfio_ap   vfio_ap   vfio_ap   vfio_ap
 * 6      vfio_ap   vfio_ap   host      host
 * </pre>
 */
class MdevWriterTest {
  private static final UUID ONE = UUID.fromString("62177883-f1bb-47f0-914d-32a22e3a8804");
  private static final UUID TWO = UUID.fromString("cef03c3c-903d-4ecc-9a83-40694cb8aee4");
  private static final String DEVICE = "/sys/bus/mdev/devices/" + ONE;

  private final ApHost host = Machine.preset("document").boot();
  private final MdevWriter writer = MdevWriter.on(HostFiles.of(host));

  @BeforeEach
  void setsTheMasks() {
    host.sysfs().write("/sys/bus/ap/apmask", "-5\n");
    host.sysfs().write("/sys/bus/ap/aqmask", "-4,-0x47\n");
  }

  private static MdevConfiguration mdev(UUID uuid, String... pairs) {
    List<MdevAttribute> attributes =
        Arrays.stream(pairs)
            .map(pair -> pair.split("=", 2))
            .map(pair -> new MdevAttribute(pair[0], pair[1]))
            .toList();
    return MdevConfiguration.matrix(uuid, attributes);
  }

  private WriteRefusal refused(Runnable work) {
    return catchThrowableOfType(WriteRefusal.class, work::run);
  }

  private String file(String name) {
    return host.sysfs().read(DEVICE + "/" + name);
  }

  @Test
  void createsFillsAndRemoves() {
    MdevConfiguration mdev =
        mdev(ONE, "assign_adapter=5", "assign_domain=4", "assign_control_domain=0x47");
    writer.create(mdev);

    assertThat(file("matrix")).isEqualTo("05.0004\n");
    assertThat(file("control_domains")).isEqualTo("0047\n");

    writer.remove(mdev);
    assertThat(host.mdevs()).isEmpty();
  }

  @Test
  void removesWhatItCreatedWhenAWriteIsRefusedHalfWay() {
    WriteRefusal refusal =
        refused(
            () ->
                writer.create(
                    mdev(ONE, "assign_adapter=6", "assign_domain=4", "assign_domain=0xab")));

    assertThat(refusal.errno()).isEqualTo(Errno.EADDRNOTAVAIL);
    assertThat(refusal.write()).isEqualTo(new SysfsWrite(DEVICE + "/assign_domain", "0xab"));
    assertThat(refusal.undone()).containsExactly(new SysfsWrite(DEVICE + "/remove", "1"));
    assertThat(refusal)
        .hasMessage(
            "write 4 of 4: echo 0xab > "
                + DEVICE
                + "/assign_domain: EADDRNOTAVAIL (Cannot assign requested address): an APQN that it"
                + " would give is reserved for the host: take it out of /sys/bus/ap/apmask or"
                + " aqmask\nundone: echo 1 > "
                + DEVICE
                + "/remove");
    assertThat(host.mdevs()).isEmpty();
  }

  @Test
  void leavesAnMdevThatWasThereWhenItCannotBeCreatedTwice() {
    writer.create(mdev(ONE, "assign_adapter=5"));
    WriteRefusal refusal = refused(() -> writer.create(mdev(ONE, "assign_adapter=6")));

    assertThat(refusal.errno()).isEqualTo(Errno.EEXIST);
    assertThat(refusal.undone()).isEmpty();
    assertThat(file("matrix")).isEqualTo("05.\n");
  }

  @Test
  void givesBackWhatAnMdevHadWhenAChangeIsRefused() {
    writer.create(mdev(ONE, "assign_adapter=5", "assign_domain=4", "assign_control_domain=4"));
    WriteRefusal refusal =
        refused(
            () ->
                writer.modify(
                    mdev(
                        ONE,
                        "assign_domain=4",
                        "unassign_adapter=5",
                        "assign_adapter=0x6",
                        "unassign_control_domain=04",
                        "assign_control_domain=255",
                        "assign_adapter=256")));

    assertThat(refusal.errno()).isEqualTo(Errno.ENODEV);
    assertThat(refusal.undone())
        .extracting(SysfsWrite::file, SysfsWrite::value)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("unassign_control_domain", "255"),
            org.assertj.core.groups.Tuple.tuple("assign_control_domain", "04"),
            org.assertj.core.groups.Tuple.tuple("unassign_adapter", "0x6"),
            org.assertj.core.groups.Tuple.tuple("assign_adapter", "5"));
    assertThat(file("matrix")).isEqualTo("05.0004\n");
    assertThat(file("control_domains")).isEqualTo("0004\n");
  }

  @Test
  void keepsWhatAnMdevHadWithoutDomains() {
    writer.create(mdev(ONE, "assign_adapter=5"));
    refused(() -> writer.modify(mdev(ONE, "assign_domain=4", "assign_adapter=x")));

    assertThat(file("matrix")).isEqualTo("05.\n");
  }

  @Test
  void saysThatAnotherMdevHasTheQueue() {
    writer.create(mdev(TWO, "assign_adapter=5", "assign_domain=4"));
    WriteRefusal refusal =
        refused(() -> writer.create(mdev(ONE, "assign_adapter=5", "assign_domain=4")));

    assertThat(refusal).hasMessageContaining("is assigned to another mdev");
    assertThat(host.mdevs()).extracting(MdevState::uuid).containsExactly(TWO.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "assign_adapter, x, EINVAL, is no number",
    "assign_adapter, 256, ENODEV, is higher than what the machine can have",
    "nosuch, 1, ENOENT, 'there is no such file: is vfio_ap loaded, and the mdev created?'",
    "matrix, 1, EACCES, only root may write it"
  })
  void explainsErrnos(String file, String value, Errno errno, String meaning) {
    WriteRefusal refusal = refused(() -> writer.create(mdev(ONE, file + "=" + value)));

    assertThat(refusal.errno()).isEqualTo(errno);
    assertThat(refusal).hasMessageContaining(meaning);
    assertThat(host.mdevs()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"../../../../etc/x", "a/b", "..", "''", "'a b'"})
  void refusesNamesThatLeadElsewhere(String name) {
    assertThatThrownBy(() -> mdev(ONE, name + "=1"))
        .isInstanceOf(LibvirtRefusal.class)
        .hasMessageContaining("is no name of a file in /sys");
  }
}
