package org.vfioap.qemu.cpu;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.vfioap.qemu.json.JsonBool;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonReader;
import org.vfioap.qemu.json.JsonSyntaxException;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.persona.QemuRules;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qapi.Refusals;
import org.vfioap.qemu.recording.MachineRecording;
import org.vfioap.qemu.recording.Recording;

/** The CPU models of one machine type under one accelerator. Each is made when it is asked for. */
public final class CpuModels {
  private static final Set<String> AP = Set.of("ap", "apqci", "apft", "apqi");
  private static final String BASE = "-base";

  private final Map<String, CpuModel> models = new HashMap<>();
  private final String machine;
  private final Accelerator accelerator;

  private @Nullable CpuModel configured;
  private @Nullable MachineRecording recording;

  private CpuModels(String machine, Accelerator accelerator) {
    this.machine = machine;
    this.accelerator = accelerator;
  }

  /** Returns the models of the machine type called {@code machine}. */
  public static CpuModels of(String machine, Accelerator accelerator) {
    return new CpuModels(machine, accelerator);
  }

  /** Returns what was recorded, which nothing needs before the first question. */
  private MachineRecording recording() {
    MachineRecording known = recording;
    if (known == null) {
      known = MachineRecording.of(machine);
      recording = known;
    }
    return known;
  }

  private @Nullable CpuModel make(String name) {
    return switch (name) {
      case "qemu" -> moving();
      case "max" -> maximum(name);
      case "host" -> accelerator.isKvm() ? maximum(name) : null;
      default -> defined(name);
    };
  }

  private @Nullable CpuModel defined(String name) {
    if (name.endsWith(BASE)) {
      return definition(name).map(each -> model(name, each, each.base())).orElse(null);
    }
    return CpuDefinition.recorded(name).map(each -> model(name, each, defaults(each))).orElse(null);
  }

  private static Optional<CpuDefinition> definition(String base) {
    return CpuDefinition.recorded(base.substring(0, base.length() - BASE.length()));
  }

  /** Returns the features of a definition's model, which differ between machine types. */
  private BitSet defaults(CpuDefinition definition) {
    Optional<String> reply = recording().find("expansion " + definition.name());
    return reply.map(each -> featuresOf(modelOf(each))).orElse(definition.defaults());
  }

  /** Returns {@code qemu}, which differs between machine types and may be all that TCG gives. */
  private CpuModel moving() {
    String reply = recording().get("expansion qemu");
    JsonObject recorded = modelOf(reply);
    BitSet features = featuresOf(recorded);
    if (reply.equals(recording().get("expansion max"))) {
      addAp(features);
    }
    return model("qemu", baseOf(recorded), features);
  }

  /** Returns what the accelerator gives: {@code max}, and under KVM {@code host}. */
  private CpuModel maximum(String name) {
    Optional<CpuDefinition> host = accelerator.hostModel().flatMap(CpuDefinition::recorded);
    if (host.isPresent()) {
      BitSet features = FeatureTable.copy(host.get().full());
      for (String feature : AP) {
        features.andNot(bit(feature));
      }
      addAp(features);
      return model(name, host.get(), features);
    }
    JsonObject recorded = modelOf(recording().get("expansion max"));
    BitSet features = featuresOf(recorded);
    addAp(features);
    return model(name, baseOf(recorded), features);
  }

  private void addAp(BitSet features) {
    for (String feature : accelerator.apFeatures()) {
      features.or(bit(feature));
    }
  }

  private CpuDefinition baseOf(JsonObject recorded) {
    String name = recorded.text("name").orElseThrow();
    return definition(name)
        .orElseThrow(
            () -> new IllegalStateException("the recording names no CPU definition: " + name));
  }

  private BitSet featuresOf(JsonObject recorded) {
    BitSet features = new BitSet();
    JsonObject properties = (JsonObject) recorded.get("props").orElseThrow();
    properties
        .members()
        .forEach(
            (name, value) -> {
              if (value == JsonBool.TRUE) {
                table().find(name).ifPresent(features::or);
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
    return Optional.ofNullable(models.computeIfAbsent(name, this::make)).map(CpuModel::copy);
  }

  /** Makes the switches of {@code -cpu} those of all CPUs of its model. */
  public void configure(CpuModel model) {
    configured = model;
  }

  /** Returns a model as a CPU of it is created in this process; it may be changed. */
  Optional<CpuModel> created(String name) {
    return Optional.ofNullable(configured)
        .filter(model -> model.name().equals(name))
        .map(CpuModel::copy)
        .or(() -> find(name));
  }

  /**
   * Returns what a {@code CpuModelInfo} of QMP describes, the argument called {@code argument}.
   *
   * @throws QemuError if the name or a property is unknown
   */
  CpuModel resolve(JsonObject arguments, String argument) throws QemuError {
    JsonObject info = (JsonObject) arguments.get(argument).orElseThrow();
    boolean paths = QemuRules.MODEL_PATHS.now();
    String name = info.text("name").orElse("");
    JsonValue properties = info.get("props").orElse(JsonObject.empty());
    if (!(properties instanceof JsonObject)) {
      throw paths ? Refusals.type(argument + ".props", "object") : Refusals.type("props", "dict");
    }
    CpuModel model = created(name).orElseThrow(() -> unknown(name));
    if (properties instanceof JsonObject switches) {
      for (Map.Entry<String, JsonValue> each : switches.members().entrySet()) {
        String place = (paths ? argument + ".props." : "") + each.getKey();
        model.set(each.getKey(), each.getValue(), place);
      }
    }
    return model;
  }

  private static QemuError unknown(String name) {
    return QemuError.generic("The CPU definition '" + name + "' is unknown.");
  }

  private BitSet bit(String feature) {
    return table().find(feature).orElseThrow();
  }

  CpuModel maximum() {
    return find("max").orElseThrow();
  }

  FeatureTable table() {
    return FeatureTable.recorded();
  }

  /** Returns the definitions from the oldest on. */
  static List<CpuDefinition> definitions() {
    return CpuDefinition.names().stream()
        .flatMap(name -> CpuDefinition.recorded(name).stream())
        .toList();
  }

  CpuModel model(String name, CpuDefinition definition, BitSet features) {
    return new CpuModel(table(), name, definition, features);
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
      List<String> names = new ArrayList<>(table().reversedNames(missing));
      throw QemuError.generic(
              "Some features requested in the CPU model are not available in "
                  + QemuRules.CONFIGURATION.now()
                  + " configuration: "
                  + String.join(" ", names)
                  + "  ")
          .withHint(hint("Consider a different accelerator, QEMU, or kernel version\n"));
    }
  }

  private static QemuError tooNew(String what, CpuDefinition newest) {
    return QemuError.generic(
            "Selected CPU "
                + what
                + " is too new. Maximum supported model in "
                + QemuRules.CONFIGURATION.now()
                + " configuration: '"
                + newest.name()
                + "'")
        .withHint(hint("Consider a different accelerator, try \"-accel help\"\n"));
  }

  private static String hint(String line) {
    return QemuRules.ACCELERATOR_HINTS.now() ? line : "";
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
