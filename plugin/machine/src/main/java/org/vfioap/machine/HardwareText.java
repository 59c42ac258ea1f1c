package org.vfioap.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.vfioap.ap.Adapter;
import org.vfioap.ap.AdapterMode;
import org.vfioap.ap.Apqn;
import org.vfioap.ap.CardInfo;
import org.vfioap.ap.Fault;
import org.vfioap.ap.Faults;
import org.vfioap.ap.KeyState;
import org.vfioap.ap.OperationMode;
import org.vfioap.ap.QueueInfo;

/**
 * How adapters, queues and faults are written. What a coprocessor answers is written only if it
 * answers.
 */
final class HardwareText {
  private HardwareText() {}

  static String adapter(AdapterDescription description) {
    Adapter adapter = description.adapter();
    StringJoiner fields = new StringJoiner(", ", "{", "}");
    fields.add(AdapterReader.TYPE + ": " + adapter.type());
    if (adapter.type().hasModes()) {
      fields.add(AdapterReader.MODE + ": " + adapter.mode().label());
    }
    fields.add(AdapterReader.FUNCTIONS + ": " + AdapterReader.hex(adapter.functions()));
    fields.add(AdapterReader.ASSIGNED + ": " + description.assigned());
    fields.add(AdapterReader.CONFIGURED + ": " + adapter.configured());
    fields.add(AdapterReader.CHECKSTOPPED + ": " + adapter.checkstopped());
    description.info().ifPresent(info -> addInfo(fields, info, adapter.mode()));
    return fields.toString();
  }

  private static void addInfo(StringJoiner fields, CardInfo info, AdapterMode mode) {
    fields.add(CardInfoReader.SERIALNR + ": " + Scalar.of(info.serial()));
    if (mode == AdapterMode.EP11) {
      fields.add(CardInfoReader.API_ORDINALNR + ": " + info.apiOrdinal());
      fields.add(CardInfoReader.FW_VERSION + ": " + Scalar.of(info.firmwareText()));
      fields.add(CardInfoReader.OP_MODES + ": " + modes(info.modes()));
    }
  }

  private static String modes(Set<OperationMode> modes) {
    return modes.stream()
        .sorted()
        .map(OperationMode::label)
        .collect(Collectors.joining(", ", "[", "]"));
  }

  static String queue(Apqn apqn, QueueDescription queue) {
    String key = Scalar.of(apqn.toString()) + ":";
    String state = YamlValue.word(queue.state());
    if (queue.info().isEmpty()) {
      return key + " " + state;
    }
    List<String> lines = new ArrayList<>(List.of(key));
    lines.add(QueueReader.STATE + ": " + state);
    addInfo(lines, queue.info().get());
    return String.join("\n    ", lines);
  }

  private static void addInfo(List<String> lines, QueueInfo info) {
    if (!info.modes().isEmpty()) {
      lines.add(CardInfoReader.OP_MODES + ": " + modes(info.modes()));
    }
    lines.add(QueueReader.MKVPS + ":" + (info.keys().isEmpty() ? " {}" : ""));
    info.keys()
        .forEach(
            (register, value) ->
                lines.add(
                    "  "
                        + register.label()
                        + ": "
                        + (value.state() == KeyState.UNKNOWN ? "\"-\"" : value)));
  }

  static List<String> faults(SortedMap<Faults.Place, Fault> faults) {
    List<String> lines = new ArrayList<>();
    String device = "";
    for (Map.Entry<Faults.Place, Fault> entry : faults.entrySet()) {
      Faults.Place place = entry.getKey();
      if (!place.device().equals(device)) {
        device = place.device();
        lines.add(Scalar.of(device) + ":");
      }
      lines.add("  " + place.attribute() + ": " + entry.getValue());
    }
    return lines;
  }
}
