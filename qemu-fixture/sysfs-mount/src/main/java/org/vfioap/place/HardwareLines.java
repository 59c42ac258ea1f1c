package org.vfioap.place;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.vfioap.ap.ApHardware;
import org.vfioap.ap.CardInfo;
import org.vfioap.ap.OperationMode;

/** What {@code hw show} says of coprocessors and faults, in the words that change it. */
final class HardwareLines {
  private HardwareLines() {}

  static List<String> ofCoprocessors(ApHardware hardware) {
    List<String> lines = new ArrayList<>();
    hardware.configuration().adapters().stream()
        .forEach(
            number ->
                hardware.askAboutCard(number).ifPresent(info -> addCard(lines, number, info)));
    hardware
        .queueInfos()
        .forEach(
            (apqn, info) -> {
              addModes(lines, "queue " + apqn, info.modes());
              info.keys()
                  .forEach(
                      (register, value) ->
                          lines.add("queue " + apqn + "  mkvps " + register.label() + " " + value));
            });
    hardware
        .faults()
        .all()
        .forEach(
            (place, fault) ->
                lines.add("fault " + place.device() + " " + place.attribute() + "  " + fault));
    return lines;
  }

  private static void addCard(List<String> lines, int number, CardInfo info) {
    String adapter = String.format("adapter %3d", number);
    if (!info.serial().isEmpty()) {
      lines.add(adapter + "  serialnr " + info.serial());
    }
    if (info.apiOrdinal() != 0) {
      lines.add(adapter + "  api-ordinalnr " + info.apiOrdinal());
    }
    if (info.firmware() != 0) {
      lines.add(adapter + "  fw-version " + info.firmwareText());
    }
    addModes(lines, adapter, info.modes());
  }

  private static void addModes(List<String> lines, String what, Set<OperationMode> modes) {
    if (!modes.isEmpty()) {
      lines.add(
          what
              + "  op-modes "
              + modes.stream().sorted().map(OperationMode::label).collect(Collectors.joining(",")));
    }
  }
}
