package org.vfioap.cli.picture;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.vfioap.ap.Apqn;
import org.vfioap.cli.picture.ApqnMap.Cell;
import org.vfioap.host.MdevState;

/** The picture as a line of JSON; docs/json.md names its fields. */
public final class JsonPicture {
  private final ApqnMap map;
  private final ObjectNode picture = new ObjectMapper().createObjectNode();

  /** Prepares a picture. */
  public JsonPicture(ApqnMap map) {
    this.map = map;
  }

  /** Draws the picture. */
  public String draw() {
    ArrayNode adapters = picture.putArray("adapters");
    for (int adapter : map.adapters()) {
      adapters
          .addObject()
          .put("number", adapter)
          .put("type", map.types().getOrDefault(adapter, ""));
    }
    ArrayNode domains = picture.putArray("domains");
    map.domains().forEach(domains::add);
    ArrayNode queues = picture.putArray("queues");
    map.cells().forEach((apqn, cell) -> add(queues.addObject(), apqn, cell));
    ArrayNode mdevs = picture.putArray("mdevs");
    for (MdevState mdev : map.mdevs()) {
      ObjectNode object = mdevs.addObject().put("uuid", mdev.uuid());
      mdev.guest().ifPresent(guest -> object.put("guest", guest));
    }
    return picture + "\n";
  }

  private void add(ObjectNode queue, Apqn apqn, Cell cell) {
    queue.put("apqn", apqn.toString()).put("use", word(cell));
    cell.mdev()
        .map(map.mdevs()::get)
        .ifPresent(
            mdev -> {
              queue.put("mdev", mdev.uuid());
              mdev.guest().ifPresent(guest -> queue.put("guest", guest));
            });
    queue.put("device", cell.device());
  }

  private static String word(Cell cell) {
    return cell.use().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
