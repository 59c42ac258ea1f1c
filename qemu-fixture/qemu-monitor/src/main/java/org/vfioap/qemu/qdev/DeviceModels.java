package org.vfioap.qemu.qdev;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vfioap.qemu.qom.TypeTable;
import org.vfioap.qemu.recording.Recording;

/** The device models that {@code info qdm} lists: their bus, their alias, who may create them. */
final class DeviceModels {
  private static final Pattern LINE =
      Pattern.compile("name \"([^\"]+)\"(?:, bus ([^,]+))?(?:, alias \"([^\"]+)\")?.*");

  private final Map<String, Model> models = new LinkedHashMap<>();
  private final Map<String, String> byAlias = new HashMap<>();

  private DeviceModels(String text) {
    text.lines()
        .map(LINE::matcher)
        .filter(Matcher::matches)
        .forEach(m -> add(m, m.group().contains(", no-user")));
  }

  static DeviceModels recorded() {
    return new DeviceModels(Recording.named("machine-s390-ccw-virtio").get("info qdm"));
  }

  /** Returns the models among {@code types}, which may have the CPU that only KVM has. */
  static DeviceModels recorded(TypeTable types) {
    DeviceModels models = recorded();
    if (types.exists(TypeTable.HOST_CPU)) {
      models.models.put(TypeTable.HOST_CPU, new Model(Optional.empty(), "", false));
    }
    return models;
  }

  private void add(Matcher line, boolean internal) {
    String alias = Optional.ofNullable(line.group(3)).orElse("");
    Optional<String> bus = Optional.ofNullable(line.group(2));
    models.put(line.group(1), new Model(bus, alias, internal));
    byAlias.putIfAbsent(alias, line.group(1));
  }

  Optional<Model> find(String name) {
    return Optional.ofNullable(models.get(name));
  }

  /** Returns the model that {@code alias} stands for, if it is an alias. */
  Optional<String> behindAlias(String alias) {
    return alias.isEmpty() ? Optional.empty() : Optional.ofNullable(byAlias.get(alias));
  }

  java.util.List<String> creatable() {
    return models.entrySet().stream()
        .filter(entry -> !entry.getValue().internal())
        .map(Map.Entry::getKey)
        .toList();
  }

  String aliasOf(String model) {
    return find(model).map(Model::alias).orElse("");
  }

  /** Returns the type of the bus that a model needs; the bus of System devices needs no look-up. */
  record Model(Optional<String> busName, String alias, boolean internal) {

    /** Returns the type of bus that the model goes on. */
    Optional<String> bus() {
      return busName;
    }
  }
}
