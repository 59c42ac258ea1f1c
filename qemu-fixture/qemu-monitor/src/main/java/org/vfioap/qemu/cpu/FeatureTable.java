package org.vfioap.qemu.cpu;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.vfioap.qemu.persona.PerVersion;
import org.vfioap.qemu.recording.Recording;

/** The features in bit order and the groups that stand for several of them. */
final class FeatureTable {
  private static final PerVersion<FeatureTable> RECORDED =
      PerVersion.of(() -> new FeatureTable(Recording.named("cpu")));

  private final List<String> names;
  private final Map<String, BitSet> groups = new LinkedHashMap<>();
  private final Map<String, Integer> places = new HashMap<>();

  private FeatureTable(Recording recording) {
    names = recording.lines("features");
    for (String name : names) {
      places.put(name, places.size());
    }
    for (String line : recording.lines("groups")) {
      String[] fields = line.split("\t", -1);
      groups.put(fields[0], parse(fields[1]));
    }
  }

  static FeatureTable recorded() {
    return RECORDED.get();
  }

  static BitSet parse(String hex) {
    return BitSet.valueOf(HexFormat.of().parseHex(hex));
  }

  /** Returns the bits that a feature or group stands for. */
  Optional<BitSet> find(String name) {
    Integer place = places.get(name);
    if (place == null) {
      return Optional.ofNullable(groups.get(name)).map(FeatureTable::copy);
    }
    BitSet single = new BitSet();
    single.set(place);
    return Optional.of(single);
  }

  boolean isGroup(String name) {
    return groups.containsKey(name);
  }

  /** Returns the names of all features and groups. */
  Set<String> all() {
    Set<String> all = new HashSet<>(places.keySet());
    all.addAll(groups.keySet());
    return all;
  }

  BitSet complement(BitSet features) {
    BitSet all = new BitSet();
    all.set(0, names.size());
    all.andNot(features);
    return all;
  }

  /**
   * Names features: complete groups first, then what is left, in bit order. Source:
   * target/s390x/cpu_features.c of QEMU 7.2.
   */
  void name(BitSet features, Consumer<String> sink) {
    BitSet left = copy(features);
    groups.forEach(
        (name, group) -> {
          BitSet common = copy(left);
          common.and(group);
          if (common.equals(group)) {
            left.andNot(group);
            sink.accept(name);
          }
        });
    left.stream().forEach(bit -> sink.accept(names.get(bit)));
  }

  /** Returns the names in the order of a list that QEMU builds by putting each in front. */
  List<String> reversedNames(BitSet features) {
    List<String> list = new ArrayList<>();
    name(features, list::add);
    Collections.reverse(list);
    return list;
  }

  static BitSet copy(BitSet bits) {
    return (BitSet) bits.clone();
  }

  static BitSet minus(BitSet from, BitSet bits) {
    BitSet rest = copy(from);
    rest.andNot(bits);
    return rest;
  }
}
