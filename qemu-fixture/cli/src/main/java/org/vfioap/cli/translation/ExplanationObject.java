package org.vfioap.cli.translation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.vfioap.translation.explain.Explanation;
import org.vfioap.translation.explain.Finding;

/** An explanation as a JSON object; docs/json.md names its fields. */
final class ExplanationObject {
  private ExplanationObject() {}

  static ObjectNode of(Explanation explanation) {
    ObjectNode object =
        new ObjectMapper()
            .createObjectNode()
            .put("apqn", explanation.apqn().toString())
            .put("inGuest", explanation.inGuest())
            .put("verdict", explanation.verdict());
    add(object.putArray("host"), explanation.bus());
    ArrayNode mdevs = object.putArray("mdevs");
    for (Explanation.Mdev mdev : explanation.mdevs()) {
      ObjectNode each = mdevs.addObject().put("uuid", mdev.uuid()).put("passed", mdev.passed());
      mdev.user().ifPresent(user -> each.put("user", user));
      add(each.putArray("findings"), mdev.findings());
    }
    return object;
  }

  private static void add(ArrayNode array, List<Finding> findings) {
    for (Finding finding : findings) {
      array
          .addObject()
          .put("holds", finding.holds())
          .put("rule", finding.rule())
          .put("file", finding.file())
          .put("value", finding.value());
    }
  }
}
