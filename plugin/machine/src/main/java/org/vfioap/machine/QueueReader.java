package org.vfioap.machine;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.vfioap.ap.AdapterId;
import org.vfioap.ap.AdapterMode;
import org.vfioap.ap.ApMask;
import org.vfioap.ap.Apqn;
import org.vfioap.ap.KeyRegister;
import org.vfioap.ap.OperationMode;
import org.vfioap.ap.QueueInfo;
import org.vfioap.ap.QueueState;

/** Reads {@code queues}: by APQN, what is wrong with a queue and what its coprocessor answers. */
final class QueueReader {
  static final String STATE = "state";
  static final String MKVPS = "mkvps";

  private static final List<String> KEYS = List.of(STATE, MKVPS, CardInfoReader.OP_MODES);
  private static final String APQN = "two and four lower-case hexadecimal digits, as 05.00ab";

  private final SortedMap<AdapterId, AdapterDescription> adapters;
  private final NumberRange domains;
  private final Set<Apqn> seen = new HashSet<>();
  private final SortedMap<Apqn, QueueDescription> described = new TreeMap<>();

  private QueueReader(SortedMap<AdapterId, AdapterDescription> adapters, NumberRange domains) {
    this.adapters = adapters;
    this.domains = domains;
  }

  /** Reads what is said of queues of these adapters; those of which nothing is are left out. */
  static SortedMap<Apqn, QueueDescription> read(
      YamlValue mapping, SortedMap<AdapterId, AdapterDescription> adapters, NumberRange domains) {
    QueueReader reader = new QueueReader(adapters, domains);
    mapping.entries("queues", "APQNs, each with a state").forEach(reader::add);
    return reader.described;
  }

  private void add(YamlValue.Entry entry) {
    Apqn apqn = apqn(entry.key());
    if (!seen.add(apqn)) {
      throw entry.key().position().error("queue " + apqn + " is given twice", "each queue once");
    }
    QueueDescription queue = describe(apqn, entry.value());
    if (!queue.equals(QueueDescription.OK)) {
      described.put(apqn, queue);
    }
  }

  private QueueDescription describe(Apqn apqn, YamlValue value) {
    if (!value.isMapping()) {
      return new QueueDescription(state(value), Optional.empty());
    }
    Fields fields = Fields.of(value, "queue " + apqn, KEYS);
    QueueState state = fields.get(STATE).map(QueueReader::state).orElse(QueueState.OK);
    AdapterMode mode = Objects.requireNonNull(adapters.get(apqn.adapter())).adapter().mode();
    Optional<QueueInfo> keys = fields.get(MKVPS).map(v -> keys(v, mode));
    Optional<QueueInfo> info =
        fields
            .get(CardInfoReader.OP_MODES)
            .map(v -> keys.orElse(QueueInfo.BLANK).withModes(modes(v, mode)))
            .or(() -> keys);
    return new QueueDescription(state, info);
  }

  private static QueueState state(YamlValue value) {
    return value.oneOf("queue state", List.of(QueueState.values()), YamlValue::word);
  }

  private static QueueInfo keys(YamlValue mapping, AdapterMode mode) {
    QueueInfo info = QueueInfo.BLANK;
    Set<KeyRegister> seen = EnumSet.noneOf(KeyRegister.class);
    for (YamlValue.Entry entry : mapping.entries(MKVPS, "key registers, each with its state")) {
      KeyRegister register = entry.key().parse("key register", t -> KeyRegister.parse(t, mode));
      if (!seen.add(register)) {
        throw entry
            .key()
            .position()
            .error("key register " + register.label() + " is given twice", "each register once");
      }
      info = info.with(register, entry.value().parse(register.label(), register::value));
    }
    return info;
  }

  private static Set<OperationMode> modes(YamlValue list, AdapterMode mode) {
    if (mode != AdapterMode.EP11) {
      throw list.position()
          .error("mode " + mode.label() + " has no op-modes", "op-modes for adapters of mode ep11");
    }
    return CardInfoReader.modes(list);
  }

  private Apqn apqn(YamlValue key) {
    String text = key.text("a key of queues", APQN);
    Apqn apqn;
    try {
      apqn = Apqn.parse(text);
    } catch (IllegalArgumentException e) {
      throw key.position().error("queue " + Quoted.of(text) + " is not an APQN", APQN);
    }
    if (!adapters.containsKey(apqn.adapter())) {
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
    return ApMask.of(adapters.keySet().stream().mapToInt(AdapterId::number).toArray());
  }
}
