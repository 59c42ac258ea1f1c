package org.vfioap.qemu.cpu;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vfioap.qemu.json.JsonBool;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonReader;
import org.vfioap.qemu.json.JsonSyntaxException;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qapi.Refusals;
import org.vfioap.qemu.recording.MachineRecording;
import org.vfioap.qemu.recording.Recording;

/** The CPU models of one machine type under one accelerator. */
public final class CpuModels {
  private static final Set<String> AP = Set.of("ap", "apqci", "apft", "apqi");

  private final FeatureTable table = FeatureTable.recorded();
  private final Map<String, CpuDefinition> definitions = new LinkedHashMap<>();
  private final Map<String, CpuModel> models = new LinkedHashMap<>();

  private CpuModels(MachineRecording machine, Accelerator accelerator) {
    for (String line : Recording.named("cpu").lines("models")) {
      CpuDefinition recorded = CpuDefinition.parse(line);
      CpuDefinition definition =
          machine
              .find("expansion " + recorded.name())
              .map(reply -> recorded.withDefaults(featuresOf(reply)))
              .orElse(recorded);
      definitions.put(definition.name(), definition);
      String base = definition.name() + "-base";
      models.put(base, new CpuModel(table, base, definition, definition.base()));
      models.put(definition.name(), plain(definition));
    }
    String latest = machine.get("expansion max");
    addMoving("qemu", machine.get("expansion qemu"));
    if (machine.get("expansion qemu").equals(latest)) {
      accelerator.apFeatures().forEach(each -> find(models, "qemu").or(bit(each)));
    }
    addMaximum(machine.get("expansion max"), accelerator);
  }

  /** Returns the models of a machine type. */
  public static CpuModels of(MachineRecording machine, Accelerator accelerator) {
    return new CpuModels(machine, accelerator);
  }

  private static BitSet find(Map<String, CpuModel> models, String name) {
    return Optional.ofNullable(models.get(name)).orElseThrow().features();
  }

  private CpuModel plain(CpuDefinition definition) {
    return new CpuModel(table, definition.name(), definition, definition.defaults());
  }

  private void addMoving(String name, String reply) {
    models.put(name, new CpuModel(table, name, baseOf(reply), featuresOf(reply)));
  }

  /** Adds {@code max}, which is what the accelerator gives, and under KVM {@code host}. */
  private void addMaximum(String reply, Accelerator accelerator) {
    CpuDefinition definition = baseOf(reply);
    BitSet features = featuresOf(reply);
    if (accelerator.isKvm()) {
      definition = accelerator.hostModel().map(definitions::get).orElse(definition);
      features = FeatureTable.copy(definition.full());
      for (String feature : AP) {
        features.andNot(bit(feature));
      }
    }
    for (String feature : accelerator.apFeatures()) {
      features.or(bit(feature));
    }
    models.put("max", new CpuModel(table, "max", definition, features));
    if (accelerator.isKvm()) {
      models.put("host", new CpuModel(table, "host", definition, features));
    }
  }

  private CpuDefinition baseOf(String reply) {
    String name = modelOf(reply).text("name").orElseThrow();
    CpuDefinition found = definitions.get(name.substring(0, name.length() - "-base".length()));
    if (found == null) {
      throw new IllegalStateException("the recording names no CPU definition: " + name);
    }
    return found;
  }

  private BitSet featuresOf(String reply) {
    BitSet features = new BitSet();
    JsonObject properties = (JsonObject) modelOf(reply).get("props").orElseThrow();
    properties
        .members()
        .forEach(
            (name, value) -> {
              if (value == JsonBool.TRUE) {
                table.find(name).ifPresent(features::or);
              }
            });
    return features;
  }

  private static JsonObject modelOf(String reply) {
    try {
      JsonObject parsed = (JsonObject) JsonReader.parse(reply);
      JsonObject returned = (JsonObject) parsed.get("return").orElseThrow();
      return (JsonObject) returned.get("model").orElseThrow();
    } catch (JsonSyntaxException broken) {
      throw new IllegalStateException("not a recorded reply: " + reply, broken);
    }
  }

  /** Returns a model by the name that {@code -cpu} takes; it may be changed. */
  public Optional<CpuModel> find(String name) {
    return Optional.ofNullable(models.get(name)).map(CpuModel::copy);
  }

  /**
   * Returns what a {@code CpuModelInfo} of QMP describes.
   *
   * @throws QemuError if the name or a property is unknown
   */
  CpuModel resolve(JsonObject info) throws QemuError {
    String name = info.text("name").orElse("");
    JsonValue properties = info.get("props").orElse(JsonObject.empty());
    if (!(properties instanceof JsonObject)) {
      throw Refusals.type("props", "dict");
    }
    CpuModel model = find(name).orElseThrow(() -> unknown(name));
    if (properties instanceof JsonObject switches) {
      for (Map.Entry<String, JsonValue> each : switches.members().entrySet()) {
        model.set(each.getKey(), each.getValue());
      }
    }
    return model;
  }

  private static QemuError unknown(String name) {
    return QemuError.generic("The CPU definition '" + name + "' is unknown.");
  }

  private BitSet bit(String feature) {
    return table.find(feature).orElseThrow();
  }

  CpuModel maximum() {
    return find("max").orElseThrow();
  }

  FeatureTable table() {
    return table;
  }

  Iterable<CpuDefinition> definitions() {
    return definitions.values();
  }

  CpuModel model(String name, CpuDefinition definition, BitSet features) {
    return new CpuModel(table, name, definition, features);
  }

  /**
   * Checks that the accelerator can give what {@code model} asks for.
   *
   * @throws QemuError if the model is too new or has features that are missing here
   */
  public void checkAvailable(CpuModel model) throws QemuError {
    CpuModel maximum = maximum();
    CpuDefinition newest = maximum.definition();
    if (model.definition().generation() > newest.generation()) {
      throw tooNew("generation", newest);
    }
    if (model.definition().compareAge(newest) > 0) {
      throw tooNew("GA level", newest);
    }
    BitSet missing = FeatureTable.minus(model.features(), maximum.features());
    if (!missing.isEmpty()) {
      List<String> names = new ArrayList<>(table.reversedNames(missing));
      throw QemuError.generic(
          "Some features requested in the CPU model are not available in the configuration: "
              + String.join(" ", names)
              + "  ");
    }
  }

  private static QemuError tooNew(String what, CpuDefinition newest) {
    return QemuError.generic(
        "Selected CPU "
            + what
            + " is too new. Maximum supported model in the configuration: '"
            + newest.name()
            + "'");
  }

  /** Returns the warnings about features that are on while one they need is off. */
  public List<String> warnings(CpuModel model) {
    List<String> warnings = new ArrayList<>();
    for (String line : Recording.named("dependencies").lines("dependencies")) {
      String[] pair = line.split("\t", -1);
      if (model.has(pair[0]) && !model.has(pair[1])) {
        warnings.add("'" + pair[0] + "' requires '" + pair[1] + "'.");
      }
    }
    return warnings;
  }
}
