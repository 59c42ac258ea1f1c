package org.vfioap.junit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.vfioap.ap.ApMask;
import org.vfioap.ap.ApMatrix;
import org.vfioap.ap.Apqn;
import org.vfioap.bus.ApCard;
import org.vfioap.bus.ApQueue;
import org.vfioap.host.ApHost;
import org.vfioap.host.MdevState;

/** The state of a host as text. */
final class HostState {
  private HostState() {}

  /** Returns the driver of each queue, empty if it has none. */
  static Map<Apqn, String> queues(ApHost host) {
    Map<Apqn, String> queues = new LinkedHashMap<>();
    host.visitDevices(
        new ApHost.DeviceVisitor() {
          @Override
          public void card(ApCard card, String driver) {}

          @Override
          public void queue(ApQueue queue, String driver) {
            queues.put(queue.apqn(), driver);
          }
        });
    return queues;
  }

  /** Returns the queues of a matrix, sorted. */
  static Set<Apqn> queues(ApMatrix matrix) {
    Set<Apqn> queues = new TreeSet<>();
    matrix.adapters().stream()
        .forEach(
            adapter ->
                matrix.domains().stream().forEach(domain -> queues.add(Apqn.of(adapter, domain))));
    return queues;
  }

  /** Returns the driver of a queue; empty if there is no such queue. */
  static Optional<String> driver(ApHost host, Apqn apqn) {
    return Optional.ofNullable(queues(host).get(apqn));
  }

  /** Returns masks, queues with their drivers, mdevs and their guests; no times, no numbers. */
  static String describe(ApHost host) {
    StringBuilder text = new StringBuilder(500);
    List<ApMask> masks = host.masks();
    text.append("apmask ").append(masks.get(0)).append('\n');
    text.append("aqmask ").append(masks.get(1)).append('\n');
    queues(host)
        .forEach(
            (queue, driver) ->
                text.append(queue)
                    .append(' ')
                    .append(driver.isEmpty() ? "-" : driver)
                    .append('\n'));
    host.mdevs().forEach(mdev -> describe(mdev, text));
    return text.toString();
  }

  private static void describe(MdevState mdev, StringBuilder text) {
    text.append("mdev ").append(mdev.uuid());
    mdev.guest().ifPresent(guest -> text.append(" used by ").append(guest));
    text.append("\n  assigned ").append(line(mdev.assigned().apqnLines()));
    text.append("\n  guest    ").append(line(mdev.guestMatrix().apqnLines())).append('\n');
  }

  private static String line(String apqns) {
    return apqns.isEmpty() ? "nothing" : apqns.strip().replace("\n", " ");
  }

  /** Returns the state with mdevs numbered instead of named, for comparing. */
  static String golden(ApHost host) {
    String text = describe(host);
    int number = 1;
    for (MdevState mdev : host.mdevs()) {
      text = text.replace(mdev.uuid(), "mdev-" + number++);
    }
    return text;
  }
}
