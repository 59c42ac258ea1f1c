package org.vfioap.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.vfioap.ap.AdapterId;
import org.vfioap.ap.AdapterMode;
import org.vfioap.ap.AdapterType;
import org.vfioap.ap.ApHardware;
import org.vfioap.ap.ApMask;
import org.vfioap.ap.Apqn;
import org.vfioap.ap.Fault;
import org.vfioap.ap.Faults;
import org.vfioap.ap.KeyRegister;
import org.vfioap.ap.OperationMode;
import org.vfioap.ap.QueueInfo;
import org.vfioap.host.ApHost;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.kernel.KernelRules;
import org.vfioap.lab.Admin;
import org.vfioap.lab.Machines;
import org.vfioap.lab.Mdev;

/**
 * What coprocessors answer, as zcrypt_cex4.c shows it.
 *
 * <pre>
 *             0004   0047
 *   05 CCA    keys    ·
 *   06 EP11   keys    ·
 *   07 CEX3C  keys    ·      (not for 6.12)
 * </pre>
 */
class CoprocessorFilesTest {
  private static final String CCA = "devices/ap/card05/";
  private static final String EP11 = "devices/ap/card06/";
  private static final String CCA_KEYS = CCA + "05.0004/mkvps";
  private static final String EP11_KEYS = EP11 + "06.0004/mkvps";
  private static final String PATTERN = "0123456789abcdef";
  private static final String AES =
      """
      AES NEW: partial 0x0000000000000000
      AES CUR: valid 0x0123456789abcdef
      AES OLD: invalid 0x0000000000000000
      APKA NEW: full 0x0123456789abcdef
      APKA CUR: - -
      APKA OLD: invalid 0x0000000000000000
      """;
  private static final String ASYM =
      """
      ASYM NEW: empty 0x00000000000000000000000000000000
      ASYM CUR: valid 0x0123456789abcdef0123456789abcdef
      ASYM OLD: invalid 0x00000000000000000000000000000000
      """;
  private static final String UNKNOWN =
      """
      AES NEW: - -
      AES CUR: - -
      AES OLD: - -
      APKA NEW: - -
      APKA CUR: - -
      APKA OLD: - -
      ASYM NEW: - -
      ASYM CUR: - -
      ASYM OLD: - -
      """;

  private static QueueInfo keys(QueueInfo info, String... registers) {
    QueueInfo changed = info;
    for (String each : registers) {
      String[] parts = each.split(": ", 2);
      KeyRegister register = KeyRegister.valueOf(parts[0].replace(' ', '_'));
      changed = changed.with(register, register.value(parts[1]));
    }
    return changed;
  }

  private static QueueInfo ccaKeys(QueueInfo info) {
    return keys(
        info,
        "AES NEW: partial",
        "AES CUR: valid 0x" + PATTERN,
        "APKA NEW: full 0x" + PATTERN,
        "APKA CUR: -",
        "ASYM CUR: valid 0x" + PATTERN + PATTERN);
  }

  private static ApHardware hardware() {
    ApHardware hardware = Machines.cards(ApMask.of(5, 6, 7), ApMask.of(4, 0x47));
    Machines.with(hardware, 5, AdapterType.CEX8, AdapterMode.CCA);
    Machines.with(hardware, 6, AdapterType.CEX8, AdapterMode.EP11);
    Machines.with(hardware, 7, AdapterType.CEX3C, AdapterMode.CCA);
    for (int adapter : new int[] {5, 7}) {
      hardware
          .cardInfo(AdapterId.of(adapter), info -> info.withSerial("93AABFET"))
          .queueInfo(Apqn.of(adapter, 4), CoprocessorFilesTest::ccaKeys);
    }
    return hardware
        .cardInfo(
            AdapterId.of(6),
            info ->
                info.withSerial("93AADHZU")
                    .withApiOrdinal(4)
                    .withFirmware(0x0306)
                    .withModes(Set.of(OperationMode.FIPS2021, OperationMode.BSI2009)))
        .queueInfo(
            Apqn.of(6, 4),
            info ->
                keys(info, "WK CUR: valid 0x" + PATTERN.repeat(4))
                    .withModes(Set.of(OperationMode.FIPS2009, OperationMode.BSICC2017)));
  }

  private static Admin boot(KernelProfile profile) {
    return Admin.boot(hardware(), profile);
  }

  @ParameterizedTest
  @EnumSource
  void showsMasterKeysOfCca(KernelProfile profile) {
    assertThat(boot(profile).cat(CCA_KEYS)).isEqualTo(AES + ASYM);
  }

  @Test
  void showsNoAsymmetricKeysBeforeCex4() {
    Admin admin = boot(KernelProfile.LINUX_6_1);

    assertThat(admin.cat("devices/ap/card07/07.0004/mkvps")).isEqualTo(AES);
    assertThat(admin.cat("devices/ap/card07/serialnr")).isEqualTo("93AABFET\n");
  }

  @Test
  void showsSerialNumberBeforeCex4OnlyThroughTheDefaultDomain() {
    Admin admin = boot(KernelProfile.LINUX_6_1).echo("0", "devices/ap/card07/07.0004/online");

    assertThat(admin.cat("devices/ap/card07/serialnr")).isEqualTo("\n");
    assertThat(admin.echo("0x47", "bus/ap/ap_domain").cat("devices/ap/card07/serialnr"))
        .isEqualTo("93AABFET\n");
  }

  @ParameterizedTest
  @EnumSource
  void showsMasterKeysOfEp11(KernelProfile profile) {
    assertThat(boot(profile).cat(EP11_KEYS))
        .isEqualTo("WK CUR: valid 0x" + PATTERN.repeat(4) + "\nWK NEW: empty -\n");
  }

  @Test
  void showsWhatAnEp11CardSays() {
    Admin admin = boot(KernelProfile.LINUX_6_12);

    assertThat(admin.cat(EP11 + "serialnr")).isEqualTo("        93AADHZU\n");
    assertThat(admin.cat(EP11 + "API_ordinalnr")).isEqualTo("4\n");
    assertThat(admin.cat(EP11 + "FW_version")).isEqualTo("3.6\n");
    assertThat(admin.cat(EP11 + "op_modes")).isEqualTo("BSI2009 FIPS2021\n");
    assertThat(admin.cat(EP11 + "06.0004/op_modes")).isEqualTo("FIPS2009 BSICC2017\n");
  }

  @Test
  void olderKernelKnowsFewerModes() {
    assertThat(boot(KernelProfile.LINUX_6_1).cat(EP11 + "op_modes")).isEqualTo("BSI2009\n");
  }

  @Test
  void coprocessorThatWasNotDescribedAnswersNothing() {
    assertThat(boot(KernelProfile.LINUX_6_12).cat(CCA + "05.0047/mkvps")).isEqualTo(UNKNOWN);
  }

  @ParameterizedTest
  @EnumSource
  void queueThatWasNeverReadShowsNothingWhileOffline(KernelProfile profile) {
    Admin admin = boot(profile).echo("0", CCA + "05.0004/online");

    assertThat(admin.cat(CCA_KEYS)).isEqualTo(UNKNOWN);
  }

  @ParameterizedTest
  @EnumSource
  void olderKernelsKeepTheAnswerForTheTimeOffline(KernelProfile profile) {
    Admin admin = boot(profile);
    admin.cat(CCA_KEYS);
    admin.cat(CCA + "serialnr");
    admin.cat(EP11 + "op_modes");
    admin.echo("0", CCA + "online").echo("0", EP11 + "online");

    boolean kept = !profile.has(KernelRules.FRESH_COPROCESSOR_INFO);
    assertThat(admin.cat(CCA_KEYS)).isEqualTo(kept ? AES + ASYM : UNKNOWN);
    assertThat(admin.cat(CCA + "serialnr")).isEqualTo(kept ? "93AABFET\n" : "\n");
    assertThat(admin.cat(EP11 + "API_ordinalnr")).isEqualTo(kept ? "4\n" : "\n");
    assertThat(admin.cat(EP11_KEYS)).isEqualTo("WK CUR: - -\nWK NEW: - -\n");
  }

  @Test
  void deconfiguredCardIsAskedInVain() {
    Admin admin = boot(KernelProfile.LINUX_6_12);
    admin.cat(CCA_KEYS);
    admin.cat(EP11 + "serialnr");
    admin.echo("0", CCA + "config").echo("0", EP11 + "config");

    assertThat(admin.cat(CCA_KEYS)).isEqualTo(UNKNOWN);
    assertThat(admin.cat(EP11 + "serialnr")).as("kept once more").contains("93AADHZU");
    assertThat(admin.cat(EP11 + "serialnr")).isEqualTo("\n");
  }

  @ParameterizedTest
  @CsvSource({"4, 93AABFET", "'4,-0x47', ''"})
  void cardIsAskedThroughAnyQueueOfTheHost(String released, String serial) {
    Admin admin = boot(KernelProfile.LINUX_6_12);
    admin.echo("-" + released, "bus/ap/aqmask");

    assertThat(admin.cat(CCA + "serialnr")).isEqualTo(serial + "\n");
  }

  @Test
  void guestSeesTheKeysOfItsQueues() {
    Admin admin = boot(KernelProfile.LINUX_6_12).echo("0x0", "bus/ap/apmask");
    Mdev mdev = admin.create(Admin.UUID1).assignAdapters(5).assignDomains(4);
    ApHost guest = admin.host().inside(mdev.start("guest"));

    assertThat(Admin.of(guest).cat(CCA_KEYS)).isEqualTo(AES + ASYM);
  }

  @Test
  void interruptedReadShowsNothingOnce() {
    ApHardware hardware = hardware();
    for (String queue : new String[] {"05.0004", "06.0004"}) {
      hardware.faults().set(new Faults.Place(queue, "mkvps"), Fault.parse("interrupted once"));
    }
    Admin admin = Admin.boot(hardware, KernelProfile.LINUX_6_12);

    assertThat(admin.cat(CCA_KEYS)).isEqualTo(UNKNOWN);
    assertThat(admin.cat(CCA_KEYS)).isEqualTo(AES + ASYM);
    assertThat(admin.cat(EP11_KEYS)).isEqualTo("WK CUR: - -\nWK NEW: - -\n");
    assertThat(admin.cat(EP11_KEYS)).startsWith("WK CUR: valid");
  }
}
