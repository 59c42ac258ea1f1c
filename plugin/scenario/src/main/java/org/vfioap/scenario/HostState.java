package org.vfioap.scenario;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.vfioap.ap.ApMask;
import org.vfioap.ap.ApMatrix;
import org.vfioap.bus.ApCard;
import org.vfioap.bus.ApQueue;
import org.vfioap.host.ApHost;
import org.vfioap.host.MdevState;
import org.vfioap.mdev.Guest;

/**
 * The state of a host in the words of a scenario file.
 *
 * <p>With more than 300 queues in a scenario a digest stands for the list.
 */
final class HostState {
  /** Above this a scenario tells its queues by a digest. */
  static final int MANY_QUEUES = 300;

  private final ObjectNode json = Scenario.JSON.createObjectNode();
  private final Fnv1a64 hash = new Fnv1a64();
  private final ObjectNode queues = Scenario.JSON.createObjectNode();
  private final ObjectNode counts = Scenario.JSON.createObjectNode();
  private int queueCount;

  private HostState() {}

  /**
   * Takes a snapshot.
   *
   * @param guests those that ever opened an mdev, by name
   * @param digest whether queues are told by a digest
   */
  static HostState of(ApHost host, Map<String, Guest> guests, boolean digest) {
    HostState state = new HostState();
    List<ApMask> masks = host.masks();
    state.json.put("apmask", masks.get(0).ranges());
    state.json.put("aqmask", masks.get(1).ranges());
    host.mdevs().forEach(mdev -> state.mdevs().set(mdev.uuid(), describe(mdev)));
    state.mdevs();
    ObjectNode told = state.json.putObject("guests");
    guests.forEach((name, guest) -> told.set(name, masks(guest.apcb().effective(), "")));
    state.addDevices(host, digest);
    return state;
  }

  private ObjectNode mdevs() {
    return json.withObject("/mdevs");
  }

  private static ObjectNode describe(MdevState mdev) {
    ObjectNode told = masks(mdev.assigned(), "");
    told.setAll(masks(mdev.guestMatrix(), "g"));
    told.put("kvm", mdev.guest().orElse(null));
    if (mdev.removing()) {
      told.put("removing", true);
    }
    return told;
  }

  private static ObjectNode masks(ApMatrix matrix, String prefix) {
    return Scenario.JSON
        .createObjectNode()
        .put(prefix + "apm", matrix.adapters().ranges())
        .put(prefix + "aqm", matrix.domains().ranges())
        .put(prefix + "adm", matrix.controlDomains().ranges());
  }

  private void addDevices(ApHost host, boolean digest) {
    ObjectNode cards = json.putObject("cards");
    host.visitDevices(
        new ApHost.DeviceVisitor() {
          @Override
          public void card(ApCard card, String driver) {
            cards.put(card.id().toString(), driver);
          }

          @Override
          public void queue(ApQueue queue, String driver) {
            add(queue, driver, digest);
          }
        });
    if (digest) {
      ObjectNode told = json.putObject("queues_digest");
      told.set("count", counts);
      told.put("fnv1a64", hash.toString());
    } else {
      json.set("queues", queues);
    }
  }

  private void add(ApQueue queue, String driver, boolean digest) {
    queueCount++;
    counts.put(driver, counts.path(driver).asInt() + 1);
    if (digest) {
      hash.add(queue.name() + " " + driver + "\n");
    } else {
      queues.put(queue.name(), driver);
    }
  }

  ObjectNode json() {
    return json;
  }

  int queueCount() {
    return queueCount;
  }

  boolean hasUnboundQueue() {
    return counts.has("");
  }

  boolean hasMdev(String uuid) {
    return json.path("mdevs").has(uuid);
  }

  boolean sameMasks(HostState other) {
    return json.get("apmask").equals(other.json.get("apmask"))
        && json.get("aqmask").equals(other.json.get("aqmask"));
  }
}
