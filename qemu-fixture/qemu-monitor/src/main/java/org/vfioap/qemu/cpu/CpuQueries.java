package org.vfioap.qemu.cpu;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonReader;
import org.vfioap.qemu.json.JsonSyntaxException;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.persona.QemuRules;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.recording.Recording;

/** The four questions about CPU models. Source: target/s390x/cpu_models_sysemu.c of QEMU 7.2. */
public final class CpuQueries {
  /** Features that QEMU wants nobody to use any more, in the order of its answers. */
  private static final List<String> DEPRECATED = List.of("bpb", "te", "cte", "csske");

  private final CpuModels models;

  private CpuQueries(CpuModels models) {
    this.models = models;
  }

  /** Returns the questions about {@code models}. */
  public static CpuQueries about(CpuModels models) {
    return new CpuQueries(models);
  }

  /** Answers {@code query-cpu-model-expansion}. */
  public JsonObject expansion(JsonObject arguments) throws QemuError {
    CpuModel model = models.resolve(arguments, "model");
    boolean full = arguments.text("type").equals(Optional.of("full"));
    JsonObject answer = JsonObject.of("model", full ? model.toFullJson() : model.toStaticJson());
    List<String> deprecated = new ArrayList<>(DEPRECATED);
    deprecated.removeIf(feature -> !full && !model.has(feature));
    boolean listed =
        QemuRules.DEPRECATED_PROPS.now()
            && !(deprecated.isEmpty() && QemuRules.NO_EMPTY_PROPS.now());
    return listed ? answer.with("deprecated-props", JsonArray.ofStrings(deprecated)) : answer;
  }

  /** Answers {@code query-cpu-model-comparison}. */
  public JsonObject comparison(JsonObject arguments) throws QemuError {
    CpuModel a = models.resolve(arguments, "modela");
    CpuModel b = models.resolve(arguments, "modelb");
    Relation age = Relation.ofAge(a.definition().compareAge(b.definition()));
    Relation features = Relation.ofFeatures(a.features(), b.features());
    List<String> responsible = new ArrayList<>(onlyIn(b, a));
    responsible.addAll(onlyIn(a, b));
    if (age != Relation.IDENTICAL) {
      responsible.add("type");
    }
    return JsonObject.of("result", age.and(features).wireName())
        .with("responsible-properties", JsonArray.ofStrings(responsible));
  }

  private List<String> onlyIn(CpuModel model, CpuModel other) {
    return models.table().reversedNames(FeatureTable.minus(model.features(), other.features()));
  }

  /** Answers {@code query-cpu-model-baseline}. */
  public JsonObject baseline(JsonObject arguments) throws QemuError {
    CpuModel a = models.resolve(arguments, "modela");
    CpuModel b = models.resolve(arguments, "modelb");
    BitSet common = FeatureTable.copy(a.features());
    common.and(b.features());
    CpuDefinition best = Baseline.between(a.definition(), b.definition()).find(models, common);
    common.and(best.full());
    return JsonObject.of("model", models.model(best.name(), best, common).toStaticJson());
  }

  /** Answers {@code query-cpu-definitions}, in the recorded order. */
  public JsonArray definitions() {
    List<JsonValue> answer = new ArrayList<>();
    if (models.find("host").isPresent()) {
      answer.add(definition("host"));
    }
    for (JsonValue each : recordedDefinitions()) {
      answer.add(definition(((JsonObject) each).text("name").orElseThrow()));
    }
    return new JsonArray(answer);
  }

  private static List<JsonValue> recordedDefinitions() {
    String reply = Recording.named("machine-s390-ccw-virtio").get("query-cpu-definitions");
    try {
      JsonObject parsed = (JsonObject) JsonReader.parse(reply);
      return ((JsonArray) parsed.get("return").orElseThrow()).items();
    } catch (JsonSyntaxException broken) {
      throw new IllegalStateException("not a recorded reply: " + reply, broken);
    }
  }

  private JsonObject definition(String name) {
    CpuModel model = models.created(name).orElseThrow();
    boolean moving = name.equals("max") || name.equals("host");
    return JsonObject.of("name", name)
        .with("typename", model.typeName())
        .with("unavailable-features", JsonArray.ofStrings(unavailable(model)))
        .with("static", name.endsWith("-base"))
        .with("migration-safe", !moving)
        .with("deprecated", false);
  }

  private List<String> unavailable(CpuModel model) {
    CpuModel maximum = models.maximum();
    BitSet missing = FeatureTable.minus(model.features(), maximum.features());
    List<String> names = new ArrayList<>(models.table().reversedNames(missing));
    if (model.definition().compareAge(maximum.definition()) > 0) {
      names.add("type");
    }
    return names;
  }
}
