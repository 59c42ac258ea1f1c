package org.vfioap.qemu.cpu;

import java.util.BitSet;
import java.util.Map;
import org.vfioap.qemu.json.JsonBool;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qapi.Refusals;
import org.vfioap.qemu.qom.PropertyWrite;
import org.vfioap.qemu.scalar.Switches;

/**
 * A CPU model: a definition and the features that are on. Source: target/s390x/cpu_models.c of 7.2.
 */
public final class CpuModel {
  private final FeatureTable table;
  private final String name;
  private final CpuDefinition definition;
  private final BitSet features;

  CpuModel(FeatureTable table, String name, CpuDefinition definition, BitSet features) {
    this.table = table;
    this.name = name;
    this.definition = definition;
    this.features = FeatureTable.copy(features);
  }

  /** Returns the model's name as in {@code -cpu}. */
  public String name() {
    return name;
  }

  /** Returns the name of the type of its CPUs. */
  public String typeName() {
    return name + "-s390x-cpu";
  }

  CpuDefinition definition() {
    return definition;
  }

  BitSet features() {
    return features;
  }

  /** Says whether the feature or the whole group called {@code feature} is on. */
  public boolean has(String feature) {
    BitSet missing = table.find(feature).orElseThrow();
    missing.andNot(features);
    return missing.isEmpty();
  }

  /** Returns each feature and group with its state, as the CPU object shows them. */
  public Map<String, Boolean> states() {
    Map<String, Boolean> states = new java.util.HashMap<>();
    table.all().forEach(each -> states.put(each, has(each)));
    return states;
  }

  /** Says whether another model, whatever its name, makes the same CPU. */
  public boolean isLike(CpuModel other) {
    return definition.equals(other.definition) && features.equals(other.features);
  }

  CpuModel copy() {
    return new CpuModel(table, name, definition, features);
  }

  /**
   * Switches a feature or group as the text form {@code name=value} of the command line does.
   *
   * @throws QemuError if the model does not have it or the value is neither on nor off
   */
  public void set(String feature, String value) throws QemuError {
    String other = OtherProperties.TYPES.get(feature);
    if (other != null) {
      OtherProperties.checkText(feature, other, value);
      return;
    }
    BitSet bits = bits(feature);
    boolean on =
        Switches.switched(value).orElseThrow(() -> Refusals.expects(feature, "'on' or 'off'"));
    switchTo(feature, bits, on);
  }

  /** Switches a feature or group as a member of {@code props} does, which texts call so. */
  void set(String feature, JsonValue value, String place) throws QemuError {
    String other = OtherProperties.TYPES.get(feature);
    if (other != null) {
      PropertyWrite.checkType(place, other, value);
      return;
    }
    BitSet bits = bits(feature);
    if (!(value instanceof JsonBool bool)) {
      throw Refusals.type(place, "boolean");
    }
    switchTo(feature, bits, bool.isTrue());
  }

  private BitSet bits(String feature) throws QemuError {
    if (ReadOnlyProperties.NAMES.contains(feature)) {
      throw PropertyWrite.notWritable(typeName(), feature);
    }
    return table.find(feature).orElseThrow(() -> PropertyWrite.notFound(typeName(), feature));
  }

  private void switchTo(String feature, BitSet bits, boolean on) throws QemuError {
    if (!on) {
      features.andNot(bits);
      return;
    }
    if (!FeatureTable.minus(bits, definition.full()).isEmpty()) {
      String kind = table.isGroup(feature) ? "Group '" : "Feature '";
      throw QemuError.generic(
          kind
              + feature
              + "' is not available for CPU model '"
              + definition.name()
              + "', it was introduced with later models.");
    }
    features.or(bits);
  }

  /** Returns the model as {@code base model plus differences}, as migration needs it. */
  JsonObject toStaticJson() {
    JsonObject properties = JsonObject.empty();
    put(properties, FeatureTable.minus(definition.base(), features), false);
    put(properties, FeatureTable.minus(features, definition.base()), true);
    return toJson(properties);
  }

  /** Returns the model with all features. */
  JsonObject toFullJson() {
    JsonObject properties = JsonObject.empty();
    put(properties, features, true);
    put(properties, table.complement(features), false);
    return toJson(properties);
  }

  private void put(JsonObject properties, BitSet bits, boolean on) {
    table.name(bits, feature -> properties.with(feature, on));
  }

  private JsonObject toJson(JsonObject properties) {
    JsonObject model = JsonObject.of("name", definition.name() + "-base");
    return properties.size() == 0 ? model : model.with("props", properties);
  }
}
