package org.vfioap.machine;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.vfioap.ap.AdapterId;
import org.vfioap.ap.ApMask;
import org.vfioap.ap.Apqn;
import org.vfioap.ap.QueueState;

/** Reads {@code queues}: by APQN, what is wrong with a queue. */
final class QueueReader {
  private static final String APQN = "two and four lower-case hexadecimal digits, as 05.00ab";

  private final Set<AdapterId> adapters;
  private final NumberRange domains;
  private final Set<Apqn> seen = new HashSet<>();
  private final SortedMap<Apqn, QueueState> troubled = new TreeMap<>();

  private QueueReader(Set<AdapterId> adapters, NumberRange domains) {
    this.adapters = adapters;
    this.domains = domains;
  }

  /** Reads the states of queues of these adapters; those that are in order are left out. */
  static SortedMap<Apqn, QueueState> read(
      YamlValue mapping, Set<AdapterId> adapters, NumberRange domains) {
    QueueReader reader = new QueueReader(adapters, domains);
    mapping.entries("queues", "APQNs, each with a state").forEach(reader::add);
    return reader.troubled;
  }

  private void add(YamlValue.Entry entry) {
    Apqn apqn = apqn(entry.key());
    if (!seen.add(apqn)) {
      throw entry.key().position().error("queue " + apqn + " is given twice", "each queue once");
    }
    QueueState state =
        entry.value().oneOf("queue state", List.of(QueueState.values()), YamlValue::word);
    if (state != QueueState.OK) {
      troubled.put(apqn, state);
    }
  }

  private Apqn apqn(YamlValue key) {
    String text = key.text("a key of queues", APQN);
    Apqn apqn;
    try {
      apqn = Apqn.parse(text);
    } catch (IllegalArgumentException e) {
      throw key.position().error("queue " + Quoted.of(text) + " is not an APQN", APQN);
    }
    if (!adapters.contains(apqn.adapter())) {
      throw key.position()
          .error(
              "queue "
                  + apqn
                  + " is of adapter "
                  + apqn.adapter().number()
                  + ", which is not there",
              adapters.isEmpty() ? "no queues without adapters" : "adapters " + numbers().ranges());
    }
    domains.check(apqn.domain().number(), key.position());
    return apqn;
  }

  private ApMask numbers() {
    return ApMask.of(adapters.stream().mapToInt(AdapterId::number).toArray());
  }
}
