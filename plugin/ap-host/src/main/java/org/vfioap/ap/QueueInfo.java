package org.vfioap.ap;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * What a coprocessor answers when it is asked about one of its domains.
 *
 * @param keys the master key registers of which it says more than that they have no key
 * @param modes of EP11
 */
public record QueueInfo(Map<KeyRegister, KeyValue> keys, Set<OperationMode> modes) {
  /** A domain without keys. */
  public static final QueueInfo BLANK = new QueueInfo(Map.of(), Set.of());

  /** Copies what could change, in the order of the registers. */
  public QueueInfo {
    Map<KeyRegister, KeyValue> copy = new EnumMap<>(KeyRegister.class);
    copy.putAll(keys);
    keys = Collections.unmodifiableMap(copy);
    modes = OperationMode.set(modes);
  }

  /** Returns what it says of a register. */
  public KeyValue key(KeyRegister register) {
    return keys.getOrDefault(register, register.withoutKey());
  }

  /** Returns the same with another answer about one register. */
  public QueueInfo with(KeyRegister register, KeyValue value) {
    Map<KeyRegister, KeyValue> changed = new EnumMap<>(KeyRegister.class);
    changed.putAll(keys);
    changed.put(register, value);
    return new QueueInfo(changed, modes);
  }

  /** Returns the same with other operation modes. */
  public QueueInfo withModes(Set<OperationMode> other) {
    return new QueueInfo(keys, other);
  }
}
