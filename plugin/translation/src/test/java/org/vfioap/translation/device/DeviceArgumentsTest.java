package org.vfioap.translation.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vfioap.xml.document.XmlDocument;
import org.vfioap.xml.hostdev.Hostdev;

/** A hostdev in QEMU's forms and back. */
class DeviceArgumentsTest {
  private static final UUID MATRIX = UUID.fromString("62177883-f1bb-47f0-914d-32a22e3a8804");
  private static final String PATH = "/sys/bus/mdev/devices/" + MATRIX;

  private final DeviceArguments device =
      DeviceArguments.of(Hostdev.vfioAp(MATRIX), Aliases.next(List.of()));

  @Test
  void hasTheFormsThatLibvirtSends() {
    assertThat(device.toOptions()).isEqualTo("vfio-ap,id=hostdev0,sysfsdev=" + PATH);
    assertThat(device.toJson())
        .isEqualTo("{\"driver\":\"vfio-ap\",\"id\":\"hostdev0\",\"sysfsdev\":\"" + PATH + "\"}");
    assertThat(device.toQmp())
        .isEqualTo("{\"execute\":\"device_add\",\"arguments\":" + device.toJson() + "}");
    assertThat(device.toHmp()).isEqualTo("device_add vfio-ap,id=hostdev0,sysfsdev=" + PATH);
    assertThat(DeviceArguments.removalInQmp("hostdev0"))
        .isEqualTo("{\"execute\":\"device_del\",\"arguments\":{\"id\":\"hostdev0\"}}");
    assertThat(DeviceArguments.removalInHmp("hostdev0")).isEqualTo("device_del hostdev0");
  }

  @Test
  void isReadFromEachForm() {
    for (String form :
        List.of(
            device.toOptions(),
            "-device " + device.toOptions(),
            device.toJson(),
            "-device '" + device.toJson() + "'",
            device.toQmp(),
            device.toHmp(),
            "device_add \"" + device.toOptions() + "\"",
            "driver=vfio-ap,id=hostdev0,sysfsdev=" + PATH)) {
      assertThat(DeviceArguments.parse(form)).as(form).isEqualTo(device);
    }
    assertThat(device.toHostdev()).isEqualTo(Hostdev.vfioAp(MATRIX).withAlias("hostdev0"));
  }

  @Test
  void doublesCommasInValues() {
    DeviceArguments odd = DeviceArguments.parse("vfio-ap,id=a,sysfsdev=/x,,y,,,,z");

    assertThat(odd.property("sysfsdev")).contains("/x,y,,z");
    assertThat(odd.toOptions()).isEqualTo("vfio-ap,id=a,sysfsdev=/x,,y,,,,z");
    assertThat(DeviceArguments.parse(odd.toJson())).isEqualTo(odd);
  }

  @Test
  void passesDisplayAndRamfbAsLibvirtDoes() {
    DeviceArguments screen = DeviceArguments.of(hostdev("display='on' ramfb='on'", ""), "hostdev0");

    assertThat(screen.toJson()).endsWith("\"display\":\"on\",\"ramfb\":true}");
    assertThat(screen.toOptions()).endsWith(",display=on,ramfb=on");
    assertThat(DeviceArguments.of(hostdev("ramfb='off'", ""), "hostdev0")).isEqualTo(device);
  }

  private static Hostdev hostdev(String attributes, String children) {
    String text =
        "<hostdev mode='subsystem' type='mdev' model='vfio-ap' %s><source><address uuid='%s'/>"
            + "</source>%s</hostdev>";
    return Hostdev.parse(XmlDocument.parse(text.formatted(attributes, MATRIX, children), "h.xml"));
  }

  @Test
  void takesTheAliasOfAUserAndNoOther() {
    assertThat(DeviceArguments.of(hostdev("", "<alias name='ua-x'/>"), "hostdev3").id())
        .contains("ua-x");
    assertThat(DeviceArguments.of(hostdev("", "<alias name='hostdev9'/>"), "hostdev3").id())
        .contains("hostdev3");
  }

  @Test
  void countsAliasesOnFromTheHighest() {
    assertThat(Aliases.next(List.of())).isEqualTo("hostdev0");
    assertThat(Aliases.next(List.of("hostdev0", "hostdev4", "ua-x", "hostdevx")))
        .isEqualTo("hostdev5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",id=x", "id=x", "{}", "{", "vfio-ap,id", "[1]", "device_add"})
  void saysHowADeviceIsWritten(String text) {
    assertThatThrownBy(() -> DeviceArguments.parse(text).toHostdev())
        .isInstanceOf(org.vfioap.xml.verdict.LibvirtRefusal.class);
  }
}
