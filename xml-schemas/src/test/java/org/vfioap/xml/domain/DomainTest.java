package org.vfioap.xml.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vfioap.xml.cpu.Cpu;
import org.vfioap.xml.cpu.CpuFeature;
import org.vfioap.xml.cpu.CpuFeaturePolicy;
import org.vfioap.xml.document.XmlDocument;
import org.vfioap.xml.hostdev.Hostdev;
import org.vfioap.xml.verdict.LibvirtRefusal;

/** A domain whose parts are read and changed in place. */
class DomainTest {
  private static final UUID MATRIX = UUID.fromString("62177883-f1bb-47f0-914d-32a22e3a8804");
  private static final String TEXT =
      """
      <domain type='kvm' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
        <!-- mine -->
        <name>my-guest</name>
        <memory unit='MiB'>512</memory>
        <memtune>
          <hard_limit unit='KiB'>8192</hard_limit>
        </memtune>
        <vcpu placement='static'>2</vcpu>
        <os>
          <type arch='s390x' machine='s390-ccw-virtio-7.2'>hvm</type>
        </os>
        <devices>
          <emulator>/usr/bin/qemu-system-s390x</emulator>
          <!-- disks -->
          <memballoon model='none'/>
        </devices>
        <qemu:commandline>
          <qemu:arg value='-foo'/>
        </qemu:commandline>
      </domain>
      """;

  private static Domain parse(String text) {
    return Domain.parse(XmlDocument.parse(text, "domain.xml"));
  }

  @Test
  void readsItsParts() {
    Domain domain = parse(TEXT);

    assertThat(domain.name()).isEqualTo("my-guest");
    assertThat(domain.uuid()).isEmpty();
    assertThat(domain.virtType()).isEqualTo("kvm");
    assertThat(domain.architecture()).contains("s390x");
    assertThat(domain.machineType()).contains("s390-ccw-virtio-7.2");
    assertThat(domain.memoryKib()).hasValue(524288);
    assertThat(domain.hardLimitKib()).hasValue(8192);
    assertThat(domain.vcpus()).isEqualTo(2);
    assertThat(domain.emulator()).contains("/usr/bin/qemu-system-s390x");
    assertThat(domain.hostdevs()).isEmpty();
    assertThat(domain.cpu()).isEmpty();
  }

  @Test
  void addsAHostdevWhereLibvirtPrintsIt() {
    Domain changed = parse(TEXT).withHostdev(Hostdev.vfioAp(MATRIX));

    assertThat(changed.print())
        .isEqualTo(
            TEXT.replace(
                "    <memballoon",
                """
                    <hostdev mode='subsystem' type='mdev' managed='no' model='vfio-ap'>
                      <source>
                        <address uuid='62177883-f1bb-47f0-914d-32a22e3a8804'/>
                      </source>
                    </hostdev>
                    <memballoon"""
                    .indent(4)
                    .stripTrailing()));
    assertThat(changed.hostdevs()).containsExactly(Hostdev.vfioAp(MATRIX));
  }

  @Test
  void removesAHostdevAndNothingElse() {
    Domain domain = parse(TEXT);

    assertThat(domain.withHostdev(Hostdev.vfioAp(MATRIX)).withoutHostdev(MATRIX).print())
        .isEqualTo(TEXT);
    assertThat(domain.withoutHostdev(MATRIX)).isEqualTo(domain);
  }

  @Test
  void addsAHostdevToADomainWithoutDevices() {
    Domain domain = parse("<domain type='kvm'><name>g</name><memory>1</memory></domain>");

    assertThat(domain.withHostdev(Hostdev.vfioAp(MATRIX)).hostdevs()).hasSize(1);
  }

  @Test
  void replacesTheCpu() {
    CpuFeature ap = new CpuFeature("ap", CpuFeaturePolicy.REQUIRE);
    Domain once = parse(TEXT).withCpu(Cpu.custom("z14", List.of()));
    Domain twice = once.withCpu(Cpu.custom("z14", List.of(ap)));

    assertThat(once.cpu().orElseThrow().features()).isEmpty();
    assertThat(twice.cpu().orElseThrow().features()).containsExactly(ap);
    assertThat(twice.print()).contains("  <cpu mode='custom' match='exact' check='partial'>\n");
    assertThat(twice.document().root().all("cpu")).hasSize(1);
  }

  @Test
  void saysWhereTheSecondMatrixIs() {
    Domain one = parse(TEXT).withHostdev(Hostdev.vfioAp(MATRIX));
    String two = one.print().replaceFirst("(?s)(    <hostdev.*</hostdev>\n)", "$1$1");

    assertThatThrownBy(() -> parse(two))
        .hasMessage(
            "domain.xml:20:5: <hostdev>: unsupported configuration: Only one hostdev of model"
                + " vfio-ap is supported (assign all adapters and domains to one mdev)");
  }

  @Test
  void countsInEveryUnit() {
    assertThat(memory("unit='b'>1025")).isEqualTo(2);
    assertThat(memory("unit='KB'>1024")).isEqualTo(1000);
    assertThat(memory("unit='m'>1")).isEqualTo(1024);
    assertThat(memory("unit='GiB'>1")).isEqualTo(1 << 20);
    assertThat(memory("unit='gb'>1")).isEqualTo(976563);
    assertThat(memory(">7")).isEqualTo(7);
  }

  private static long memory(String rest) {
    String text = "<domain type='kvm'><name>g</name><memory " + rest + "</memory></domain>";
    return parse(text).memoryKib().orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "unit='E'>99, numerical overflow: value too large: 99E",
        ">9007199254740992, numerical overflow: value too large: 9007199254740992",
        "unit='b'>18446744073709551615, numerical overflow: value too large: 18446744073709551615b",
        "unit='b'>9223372036854775807, numerical overflow: size value too large",
        ">18446744073709551616, XML error: Invalid value '18446744073709551616' for element or attribute"
            + " './memory[1]'"
      })
  void refusesMoreThanLibvirtCanCount(String rest, String expected) {
    assertThatThrownBy(() -> memory(rest))
        .isInstanceOfSatisfying(
            LibvirtRefusal.class,
            refusal -> assertThat(refusal.libvirtText()).isEqualTo(expected.replace("\"", "'")));
    assertThat(memory(">9007199254740991")).isEqualTo(9007199254740991L);
    assertThat(memory("unit='E'>7")).isEqualTo(7881299347898368L);
  }
}
