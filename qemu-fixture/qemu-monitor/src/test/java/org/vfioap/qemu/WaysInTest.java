package org.vfioap.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vfioap.qemu.client.QmpClient;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.process.EndedEarly;
import org.vfioap.qemu.vfio.DescribedHost;

/** Command lines of real clients, as QEMU 7.2.22 takes them. */
class WaysInTest {
  private static final String BUFFER = "filter-buffer,id=f,netdev=n0,interval=1000";

  private static QemuMonitor start(String... arguments) throws Exception {
    return QemuMonitor.start(DescribedHost.parse("{}"), arguments);
  }

  @Test
  void findsTheNetworkOfAFilter() throws Exception {
    start("-S", "-netdev", "{\"type\":\"user\",\"id\":\"n0\"}", "-object", BUFFER).close();
    start("-S", "-netdev", "user,id=n0", "-object", BUFFER).close();
  }

  @Test
  void takesNoOtherTextForTheNetworkOfAFilter() {
    assertThatExceptionOfType(EndedEarly.class)
        .isThrownBy(() -> start("-S", "-netdev", "user,hostname=id=n0,id=n1", "-object", BUFFER))
        .withMessageContaining("Parameter 'netdev' expects a network backend id");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "file=null-co://                                  | null-co://  | raw     | 1073741824",
        "file=null-co://,format=raw,file.size=65536        | null-co     | raw     | 65536",
        "driver=null-co,size=65536,read-zeroes=on          | read-zeroes | null-co | 65536",
        "driver=raw,file.driver=null-aio,file.size=1048576 | null-aio    | raw     | 1048576"
      })
  void hasDrivesThatHoldNothing(String drive, String file, String format, long size)
      throws Exception {
    try (QemuMonitor qemu = start("-S", "-drive", "if=none,id=d," + drive);
        QmpClient client = qemu.connect()) {
      assertThat(((JsonArray) client.execute("query-block")).items().toString())
          .contains(file)
          .contains("\"drv\": \"" + format + "\"")
          .contains("\"virtual-size\": " + size);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "nosuch:x | Unknown protocol 'nosuch'",
        "null-co:x | The only allowed filename for this driver is 'null-co://'",
        "file:/nowhere | Could not open '/nowhere': No such file or directory",
        "./a:b | Could not open './a:b': No such file or directory",
        "nbd:x | the emulator does not speak 'nbd'; use a file, or null-co://"
      })
  void refusesOtherFiles(String file, String text) {
    assertThatExceptionOfType(EndedEarly.class)
        .isThrownBy(() -> start("-S", "-drive", "if=none,id=d,file=" + file))
        .withMessageContaining(text);
  }
}
