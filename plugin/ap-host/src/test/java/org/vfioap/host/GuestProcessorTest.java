package org.vfioap.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.vfioap.ap.ApHardware;
import org.vfioap.ap.ApMask;
import org.vfioap.mdev.CpuFeature;
import org.vfioap.mdev.Guest;
import org.vfioap.processor.Outcome.Executed;
import org.vfioap.processor.Outcome.ProgramException;
import org.vfioap.processor.Outcome.Refused;
import org.vfioap.processor.Processor;
import org.vfioap.processor.Registers;

/**
 * The processor of a guest that has mdev M with 05.0004; the machine has adapters 5 and 6, domains
 * 4 and 7.
 */
final class GuestProcessorTest {
  private static final String MDEV = "62177883-f1bb-47f0-914d-32a22e3a8804";
  private static final long QCI = 0x0400_0000;

  private final ApHost host =
      ApHost.builder()
          .hardware(ApHardware.create().adapters(ApMask.of(5, 6)).domains(ApMask.of(4, 7)))
          .boot();

  GuestProcessorTest() {
    write("/sys/bus/ap/apmask", "-5,-6");
    write("/sys/devices/vfio_ap/matrix/mdev_supported_types/vfio_ap-passthrough/create", MDEV);
    write("/sys/devices/vfio_ap/matrix/" + MDEV + "/assign_adapter", "5");
    write("/sys/devices/vfio_ap/matrix/" + MDEV + "/assign_domain", "4");
  }

  private void write(String file, String text) {
    host.sysfs().write(file, text);
  }

  private Guest start(Set<CpuFeature> features) {
    Guest guest = host.guest("guest", features);
    host.open(MDEV, guest);
    return guest;
  }

  private static long code(Processor processor, long r0) {
    Executed executed = (Executed) processor.pqap(Registers.of(r0, 0, 0));
    return executed.registers().r1() >> 16 & 0xff;
  }

  @Test
  void reachesWhatItsApcbHas() {
    Processor processor = host.inside(start(EnumSet.allOf(CpuFeature.class))).processor();

    assertThat(code(processor, 0x504)).isZero();
    assertThat(code(processor, 0x507)).isEqualTo(1);
    assertThat(code(processor, 0x604)).isEqualTo(1);
  }

  @Test
  void seesItsApcbAsConfiguration() {
    Processor processor = host.inside(start(EnumSet.allOf(CpuFeature.class))).processor();

    Executed qci = (Executed) processor.pqap(Registers.of(QCI, 0, 0));

    byte[] block = qci.store().orElseThrow().bytes();
    assertThat(block[16]).isEqualTo((byte) 0x04);
    assertThat(block[48]).isEqualTo((byte) 0x08);
  }

  @Test
  void learnsOfAnotherApcb() {
    Processor processor = host.inside(start(EnumSet.allOf(CpuFeature.class))).processor();
    AtomicInteger changes = new AtomicInteger();
    var handle = processor.onChange(changes::incrementAndGet);

    write("/sys/devices/vfio_ap/matrix/" + MDEV + "/assign_domain", "7");

    assertThat(changes.get()).isPositive();
    assertThat(code(processor, 0x507)).isZero();
    handle.close();
  }

  @Test
  void hasNoInstructionsWithoutTheFeatureAp() {
    Processor processor = host.inside(start(Set.of())).processor();

    assertThat(processor.pqap(Registers.of(0x504, 0, 0)))
        .isEqualTo(new Refused(ProgramException.OPERATION));
    assertThat(processor.facilities()).containsOnly(0);
  }

  @Test
  void lacksWhatItsFeaturesLack() {
    Processor processor =
        host.inside(start(EnumSet.of(CpuFeature.AP, CpuFeature.APFT))).processor();

    assertThat(processor.pqap(Registers.of(QCI, 0, 0)))
        .isEqualTo(new Refused(ProgramException.SPECIFICATION));
    assertThat(processor.facilities()[1]).isEqualTo((byte) 0x01);
  }
}
