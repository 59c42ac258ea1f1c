package org.vfioap.cli.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Those who connect to a machine and do not ask, or do not read, keep nobody out. */
final class ControlSocketIT extends WithMachines {
  private static final int MANY = 70;

  private final List<ControlClient> clients = new ArrayList<>();

  private ControlClient connect(Caller caller, String name) throws Exception {
    String list = vfioap(caller, "list", "--json").out();
    ControlClient client = ControlClient.of(list, name);
    clients.add(client);
    return client;
  }

  @AfterEach
  void disconnect() throws Exception {
    for (ControlClient client : clients) {
      client.close();
    }
    clients.clear();
  }

  @ParameterizedTest
  @MethodSource("callers")
  void silentConnectionsKeepNobodyOut(Caller caller) throws Exception {
    String name = start(caller, "empty");
    String list = vfioap(caller, "list", "--json").out();
    for (int i = 0; i < MANY; i++) {
      clients.add(ControlClient.of(list, name));
    }

    assertThat(vfioap(caller, "hw", name).out()).startsWith("domains");
    assertThat(clients.get(0).line())
        .isEqualTo(
            "{\"error\":\"too many connections: 64 others have not sent their request yet\"}");
    assertThat(clients.get(MANY - 1).line())
        .isEqualTo("{\"error\":\"no request came within 10 seconds\"}");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void followersAreNoAskers(Caller caller) throws Exception {
    String name = start(caller, "document");
    String list = vfioap(caller, "list", "--json").out();
    for (int i = 0; i < MANY; i++) {
      ControlClient follower = ControlClient.of(list, name);
      clients.add(follower);
      assertThat(follower.send("[\"events\",\"follow\"]").line()).startsWith("{\"line\":");
    }

    assertThat(vfioap(caller, "hw", name).out()).startsWith("adapter ");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void whoDoesNotReadIsToldWhatItLost(Caller caller) throws Exception {
    String name = start(caller, "document");
    ControlClient follower = connect(caller, name).send("[\"events\",\"follow\"]");
    String create = "/sys/class/mdev_bus/matrix/mdev_supported_types/vfio_ap-passthrough/create";
    String uuid = "62177883-f1bb-47f0-914d-32a22e3a8804";

    String script =
        String.format(
            "i=0; while [ $i -lt 4000 ]; do i=$((i + 1)); echo %s >%s;"
                + " echo 1 >/sys/bus/mdev/devices/%s/remove; done; echo done",
            uuid, create, uuid);
    assertThat(bash(caller, name, script)).isEqualTo("done\n");
    String line = follower.line();
    while (!line.contains("were lost here")) {
      line = follower.line();
    }
    assertThat(line).contains(" events were lost here, since they were not read in time");
  }
}
