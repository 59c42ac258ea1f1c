package org.vfioap.mdev;

import static org.vfioap.lab.LabAssertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.vfioap.ap.ApHardware;
import org.vfioap.ap.ApMask;
import org.vfioap.ap.ApMatrix;
import org.vfioap.ap.Facility;
import org.vfioap.host.ApHost;
import org.vfioap.lab.Admin;
import org.vfioap.lab.Machines;

/**
 * The bytes of a guest's crypto control block.
 *
 * <pre>
 *   formats 0, 1   00        08     0a       10     12          80
 *                  APM (8)   AQM(2) zero     ADM(2) zero
 *   format 2       00 ...    80            a0            c0            e0    100
 *                  zero      APM (32)      AQM (32)      ADM (32)      zero
 * </pre>
 */
class GuestApcbTest {
  private static GuestApcb block(CrycbFormat format, int adapter, int domain, int controlDomain) {
    return new GuestApcb(
        new ApMatrix(ApMask.of(adapter), ApMask.of(domain), ApMask.of(controlDomain)), format);
  }

  /** The bytes that are not zero, by their offsets. */
  private static Map<Integer, Integer> set(byte[] block) {
    Map<Integer, Integer> bytes = new TreeMap<>();
    for (int i = 0; i < block.length; i++) {
      if (block[i] != 0) {
        bytes.put(i, block[i] & 0xff);
      }
    }
    return bytes;
  }

  @ParameterizedTest
  @EnumSource(names = {"FORMAT0", "FORMAT1"})
  void placesMasksInSmallFormats(CrycbFormat format) {
    byte[] crycb = block(format, 0, 0, 0).crycb();

    assertThat(crycb).hasSize(128);
    assertThat(set(crycb)).isEqualTo(Map.of(0x00, 0x80, 0x08, 0x80, 0x10, 0x80));
  }

  @Test
  void placesMasksInFormat2() {
    byte[] crycb = block(CrycbFormat.FORMAT2, 0, 0, 0).crycb();

    assertThat(crycb).hasSize(256);
    assertThat(set(crycb)).isEqualTo(Map.of(0x80, 0x80, 0xa0, 0x80, 0xc0, 0x80));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0x80, 0x80",
    "7, 0x80, 0x01",
    "8, 0x81, 0x80",
    "63, 0x87, 0x01",
    "64, 0x88, 0x80",
    "255, 0x9f, 0x01"
  })
  void numbersBitsFromTheLeft(int adapter, String offset, String value) {
    GuestApcb block =
        new GuestApcb(ApMatrix.EMPTY.withAdapters(ApMask.of(adapter)), CrycbFormat.FORMAT2);

    assertThat(set(block.crycb())).isEqualTo(Map.of(Integer.decode(offset), Integer.decode(value)));
  }

  @Test
  void holdsTheLastBitsOfSmallFormats() {
    assertThat(set(block(CrycbFormat.FORMAT1, 63, 15, 15).crycb()))
        .isEqualTo(Map.of(0x07, 0x01, 0x09, 0x01, 0x11, 0x01));
  }

  @Test
  void holdsTheLastBitsOfFormat2() {
    assertThat(set(block(CrycbFormat.FORMAT2, 255, 255, 255).crycb()))
        .isEqualTo(Map.of(0x9f, 0x01, 0xbf, 0x01, 0xdf, 0x01));
  }

  @ParameterizedTest
  @EnumSource(names = {"FORMAT0", "FORMAT1"})
  void losesWhatSmallFormatsCannotHold(CrycbFormat format) {
    GuestApcb block = block(format, 64, 16, 16);

    assertThat(set(block.crycb())).isEmpty();
    assertThat(block.effective()).isEqualTo(ApMatrix.EMPTY);
  }

  @Test
  void keepsEverythingInFormat2() {
    GuestApcb block = block(CrycbFormat.FORMAT2, 64, 16, 16);

    assertThat(block.effective()).isEqualTo(block.matrix());
  }

  @Test
  void cutsTheApcbOutOfTheCrycb() {
    assertThat(set(block(CrycbFormat.FORMAT1, 1, 2, 3).apcb()))
        .isEqualTo(Map.of(0x00, 0x40, 0x08, 0x20, 0x10, 0x10));
    assertThat(set(block(CrycbFormat.FORMAT2, 1, 2, 3).apcb()))
        .isEqualTo(Map.of(0x00, 0x40, 0x20, 0x20, 0x40, 0x10));
    assertThat(block(CrycbFormat.FORMAT1, 1, 2, 3).apcb()).hasSize(0x20);
    assertThat(block(CrycbFormat.FORMAT2, 1, 2, 3).apcb()).hasSize(0x80);
  }

  @ParameterizedTest
  @CsvSource({"true, FORMAT2", "false, FORMAT1"})
  void usesFormat2WithExtendedAddressing(boolean apxa, CrycbFormat format) {
    Set<Facility> facilities = apxa ? Set.of(Facility.QCI, Facility.APXA) : Set.of(Facility.QCI);
    ApHost host = ApHost.builder().hardware(ApHardware.create().facilities(facilities)).boot();

    assertThat(host.guest("guest").apcb().format()).isEqualTo(format);
  }

  @Test
  void isWrittenByHotPlugAndClearedByClose() {
    Admin admin = Admin.bootAllPassed(Machines.cards(ApMask.of(5, 6), ApMask.of(1)));
    Guest guest = admin.host().guest("guest");
    OpenMdev open = admin.create(Admin.UUID1).assignAdapters(5).assignDomains(1).open(guest);
    assertThat(set(guest.apcb().crycb())).isEqualTo(Map.of(0x80, 0x04, 0xa0, 0x40));

    open.close();

    assertThat(set(guest.apcb().crycb())).isEmpty();
  }

  @Test
  void isAValue() {
    Admin admin = Admin.bootAllPassed(Machines.cards(ApMask.of(5, 6), ApMask.of(1)));
    var mdev = admin.create(Admin.UUID1).assignAdapters(5).assignDomains(1);
    Guest guest = mdev.start("guest");
    GuestApcb before = guest.apcb();

    mdev.assignAdapters(6);

    assertThat(before.effective().apqnLines()).isEqualTo("05.0001\n");
    assertThat(guest).addresses("05.0001", "06.0001");
  }
}
