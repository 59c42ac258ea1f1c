package org.vfioap.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractAssert;
import org.vfioap.ap.Apqn;
import org.vfioap.host.ApHost;

/** What an administrator can see of a host. */
public final class HostAssert extends AbstractAssert<HostAssert, ApHost> {
  HostAssert(ApHost host) {
    super(host, HostAssert.class);
  }

  private String read(String path) {
    return actual.sysfs().read(path);
  }

  /** Checks the content of a file; the newline at its end is not named. */
  public HostAssert shows(String path, String line) {
    assertThat(read("/sys/" + path)).as(path).isEqualTo(line + "\n");
    return this;
  }

  /** Checks both mask files, as decimal ranges of the numbers that are reserved for the host. */
  public HostAssert reserves(String adapters, String domains) {
    assertThat(actual.masks().stream().map(mask -> mask.ranges()).toList())
        .as("apmask and aqmask")
        .containsExactly(adapters, domains);
    return this;
  }

  /** Checks that exactly these queues are bound to the driver. */
  public HostAssert bindsTo(String driver, String... queues) {
    Stream<String> bound =
        actual.sysfs().list("/sys/bus/ap/drivers/" + driver).stream().filter(HostAssert::isQueue);
    assertThat(bound).as("queues of " + driver).containsExactly(queues);
    return this;
  }

  private static boolean isQueue(String name) {
    return name.matches("[0-9a-f]{2}\\.[0-9a-f]{4}");
  }

  /** Checks that there are exactly these queue devices, whatever their drivers. */
  public HostAssert hasQueues(String... queues) {
    assertThat(actual.sysfs().list("/sys/bus/ap/devices").stream().filter(HostAssert::isQueue))
        .as("queue devices")
        .containsExactly(queues);
    return this;
  }

  /** Checks that there are exactly these cards. */
  public HostAssert hasCards(String... cards) {
    assertThat(actual.sysfs().list("/sys/devices/ap").stream().filter(n -> n.startsWith("card")))
        .as("cards")
        .containsExactly(cards);
    return this;
  }

  /** Checks {@code status} of these queues. */
  public HostAssert hasStatus(String status, String... queues) {
    Arrays.stream(queues)
        .map(Apqn::parse)
        .forEach(
            apqn -> shows("devices/ap/card" + apqn.adapter() + "/" + apqn + "/status", status));
    return this;
  }

  /** Checks that the path leads somewhere. */
  public HostAssert has(String... paths) {
    assertThat(paths).as("existing files").allMatch(path -> actual.sysfs().exists("/sys/" + path));
    return this;
  }

  /** Checks that the path leads nowhere. */
  public HostAssert hasNo(String... paths) {
    assertThat(paths).as("absent files").noneMatch(path -> actual.sysfs().exists("/sys/" + path));
    return this;
  }
}
