package org.vfioap.xml.hostdev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vfioap.xml.document.XmlDocument;

/** Mediated devices, beyond what was recorded. */
class HostdevTest {
  private static final UUID MATRIX = UUID.fromString("62177883-f1bb-47f0-914d-32a22e3a8804");

  private static Hostdev parse(String text) {
    return Hostdev.parse(XmlDocument.parse(text, "my-guest-hostdev.xml"));
  }

  @Test
  void printsTheDevicesOfTheDocument() {
    assertThat(Hostdev.vfioAp(MATRIX).print())
        .isEqualTo(
            """
            <hostdev mode='subsystem' type='mdev' managed='no' model='vfio-ap'>
              <source>
                <address uuid='62177883-f1bb-47f0-914d-32a22e3a8804'/>
              </source>
            </hostdev>
            """);
    assertThat(parse(Hostdev.vfioAp(MATRIX).print())).isEqualTo(Hostdev.vfioAp(MATRIX));
  }

  @Test
  void keepsWhatNewerLibvirtsKnow() {
    Hostdev hostdev =
        parse(
            "<hostdev mode='subsystem' type='mdev' model='vfio-ccw'><driver iommufd='yes'/><source>"
                + "<address uuid='62177883-f1bb-47f0-914d-32a22e3a8804'/></source><boot order='2'/>"
                + "<alias name='hostdev0'/>"
                + "<address type='ccw' cssid='0xfe' ssid='0x0' devno='0x0001'/></hostdev>");

    assertThat(hostdev.toString()).contains("<driver iommufd='yes'/>", "devno='0x0001'");
    assertThat(hostdev.alias()).contains("hostdev0");
    assertThat(hostdev.bootOrder()).hasValue(2);
    assertThat(hostdev.asConfigured().alias()).isEmpty();
    assertThat(hostdev.withAlias("ua-x").hasUserAlias()).isTrue();
  }

  @Test
  void saysWhatIsAllowed() throws IOException {
    String page = Files.readString(Path.of("../docs/xml.md"));

    assertThatThrownBy(
            () ->
                parse("<hostdev mode='subsystem' type='mdev' model='vfio-xx'><source/></hostdev>"))
        .satisfies(refusal -> assertThat(page).contains("\n" + refusal.getMessage() + "\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pci", "usb", "scsi", "scsi_host"})
  void saysThatOtherHostdevsAreNotItsOwn(String type) {
    assertThatThrownBy(() -> parse("<hostdev mode='subsystem' type='" + type + "'/>"))
        .hasMessageContaining("no mediated device");
  }
}
