package org.vfioap.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.vfioap.ap.Adapter;
import org.vfioap.ap.AdapterId;
import org.vfioap.ap.AdapterType;
import org.vfioap.ap.ApConfig;
import org.vfioap.ap.ApHardware;
import org.vfioap.ap.ApMask;
import org.vfioap.ap.Apqn;
import org.vfioap.ap.Facility;
import org.vfioap.ap.QueueState;
import org.vfioap.host.ApHost;
import org.vfioap.host.BootParameters;
import org.vfioap.host.ScanPolicy;
import org.vfioap.kernel.KernelProfile;

/**
 * The {@code hw} object of a scenario as hardware, and the changes that {@code hw} operations make.
 */
final class ScenarioMachine {
  private static final Map<String, QueueState> QUEUE_STATES =
      Map.of(
          "ok", QueueState.OK,
          "absent", QueueState.ABSENT,
          "checkstop", QueueState.CHECKSTOPPED,
          "deconfigured", QueueState.DECONFIGURED,
          "reset-once", QueueState.RESET_BUSY_ONCE,
          "stuck", QueueState.RESET_STUCK);

  private static final int DEFAULT_TYPE = 11;
  private static final String COPROCESSOR = "0x10000000";

  private ScenarioMachine() {}

  /** Boots a host that looks at its hardware only when the scenario says so. */
  static ApHost boot(JsonNode hw, KernelProfile profile, InstantSource clock) {
    ApHardware hardware = ApHardware.create().facilities(facilities(hw));
    ObjectNode complete = Scenario.JSON.createObjectNode();
    complete.put("type", DEFAULT_TYPE).put("fac", COPROCESSOR).setAll((ObjectNode) hw);
    change(hardware, complete);
    return ApHost.builder()
        .hardware(hardware)
        .profile(profile)
        .clock(clock)
        .scanPolicy(ScanPolicy.STEPPED)
        .bootParameters(new BootParameters(text(hw, "ap.apmask"), text(hw, "ap.aqmask")))
        .boot();
  }

  private static Optional<String> text(JsonNode hw, String key) {
    return Optional.ofNullable(hw.get(key)).map(JsonNode::asText);
  }

  private static Set<Facility> facilities(JsonNode hw) {
    Set<Facility> installed = EnumSet.of(Facility.APQI);
    addIf(installed, Facility.QCI, hw.path("qci").asInt(1));
    addIf(installed, Facility.APFT, hw.path("apft").asInt(1));
    addIf(installed, Facility.APXA, hw.path("apxa").asInt(1));
    addIf(installed, Facility.QACT, hw.path("qact").asInt(0));
    addIf(installed, Facility.APSC, hw.path("apsc").asInt(1));
    addIf(installed, Facility.RC8A, hw.path("rc8a").asInt(0));
    addIf(installed, Facility.APSB, hw.path("apsb").asInt(0));
    return installed;
  }

  private static void addIf(Set<Facility> installed, Facility facility, int present) {
    if (present != 0) {
      installed.add(facility);
    }
  }

  /** Applies the keys of a {@code set} object; keys of one adapter win over those of all. */
  static void change(ApHardware hardware, JsonNode set) {
    ApConfig now = hardware.configuration();
    hardware.maxima(set.path("na").asInt(now.maxAdapter()), set.path("nd").asInt(now.maxDomain()));
    hardware.adapters(mask(set, "apm", now.adapters()));
    hardware.domains(mask(set, "aqm", now.domains()));
    hardware.controlDomains(mask(set, "adm", now.controlDomains()));
    if (set.has("type")) {
      AdapterType type = AdapterType.of(set.get("type").asInt());
      changeAll(hardware, a -> withType(a, type));
    }
    if (set.has("fac")) {
      int functions = Long.decode(set.get("fac").asText()).intValue();
      changeAll(hardware, a -> new Adapter(a.type(), functions, a.configured(), a.checkstopped()));
    }
    set.properties().forEach(entry -> change(hardware, entry.getKey(), entry.getValue()));
  }

  private static void changeAll(ApHardware hardware, UnaryOperator<Adapter> change) {
    for (int number = 0; number <= ApMask.LAST; number++) {
      hardware.adapter(AdapterId.of(number), change);
    }
  }

  private static Adapter withType(Adapter adapter, AdapterType type) {
    return new Adapter(type, adapter.functions(), adapter.configured(), adapter.checkstopped());
  }

  private static ApMask mask(JsonNode set, String key, ApMask before) {
    return set.has(key) ? Ranges.parse(set.get(key).asText()) : before;
  }

  private static void change(ApHardware hardware, String key, JsonNode value) {
    if (key.matches("type\\d+")) {
      AdapterType type = AdapterType.of(value.asInt());
      hardware.adapter(adapter(key, "type"), a -> withType(a, type));
    } else if (key.matches("decfg\\d+")) {
      hardware.adapter(adapter(key, "decfg"), a -> a.withConfigured(value.asInt() == 0));
    } else if (key.matches("q\\p{XDigit}{2}\\.\\p{XDigit}{4}")) {
      hardware.queue(Apqn.parse(key.substring(1)), state(value.asText()));
    }
  }

  private static AdapterId adapter(String key, String prefix) {
    return AdapterId.of(Integer.parseInt(key.substring(prefix.length())));
  }

  private static QueueState state(String name) {
    QueueState state = QUEUE_STATES.get(name);
    if (state == null) {
      throw new ScenarioException(
          "unknown queue state '" + name + "'; known are " + QUEUE_STATES.keySet());
    }
    return state;
  }
}
