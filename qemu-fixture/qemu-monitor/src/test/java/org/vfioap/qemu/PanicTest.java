package org.vfioap.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vfioap.qemu.client.QmpClient;
import org.vfioap.qemu.client.QmpEvent;
import org.vfioap.qemu.vfio.DescribedHost;

/**
 * A guest without an operating system finds nothing to boot and panics; what happens then is for
 * {@code -action} to say.
 */
class PanicTest {
  private static QemuMonitor start(String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("-machine", "s390-ccw-virtio", "-S"));
    arguments.addAll(List.of(more));
    return QemuMonitor.start(DescribedHost.parse("{}"), arguments.toArray(String[]::new));
  }

  private static QmpEvent panic(QmpClient client) throws Exception {
    client.execute("cont");
    return client.awaitEvent("GUEST_PANICKED");
  }

  @Test
  void endsTheProcessUnlessToldOtherwise() throws Exception {
    try (QemuMonitor qemu = start();
        QmpClient client = qemu.connect()) {
      assertThat(panic(client).data().toJson()).contains("\"action\": \"poweroff\"");
      client.awaitEvent("STOP");
      assertThat(client.awaitEvent("SHUTDOWN").data().toJson())
          .isEqualTo("{\"guest\": true, \"reason\": \"guest-panic\"}");
    }
  }
}
