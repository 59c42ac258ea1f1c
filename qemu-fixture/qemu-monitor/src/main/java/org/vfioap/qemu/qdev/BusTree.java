package org.vfioap.qemu.qdev;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads and prints the text of {@code info qtree}. Source: softmmu/qdev-monitor.c of QEMU 7.2. */
final class BusTree {
  private final List<String> lines;
  private int position;

  private BusTree(String text) {
    this.lines = text.lines().toList();
  }

  /** Reads a whole tree. */
  static Bus parse(String text) {
    BusTree tree = new BusTree(text);
    return tree.bus(0);
  }

  /** Reads the block of one device. */
  static Device parseDevice(String text) {
    BusTree tree = new BusTree(text);
    return tree.device(tree.indent());
  }

  private int indent() {
    if (position >= lines.size()) {
      return -1;
    }
    String line = lines.get(position);
    return line.length() - line.stripLeading().length();
  }

  private String take() {
    return lines.get(position++).strip();
  }

  private Bus bus(int indent) {
    String name = take().substring("bus: ".length());
    Bus bus = new Bus(name, take().substring("type ".length()));
    List<Device> devices = new ArrayList<>();
    while (indent() > indent) {
      devices.add(device(indent + 2));
    }
    for (int i = devices.size() - 1; i >= 0; i--) {
      bus.attach(devices.get(i), bus.takeNumber());
    }
    return bus;
  }

  private Device device(int indent) {
    String[] head = take().substring("dev: ".length()).split(", id ", 2);
    Device device = new Device(head[0], head[1].substring(1, head[1].length() - 1));
    while (indent() > indent) {
      if (lines.get(position).strip().startsWith("bus: ")) {
        device.buses().add(bus(indent + 2));
      } else {
        device.propertyLines().add(take());
      }
    }
    return device;
  }

  static String print(Bus root) {
    StringBuilder out = new StringBuilder();
    print(root, 0, out);
    return out.toString();
  }

  private static void print(Bus bus, int indent, StringBuilder out) {
    line(out, indent, "bus: " + bus.name());
    line(out, indent + 2, "type " + bus.type());
    for (Device device : bus.devices()) {
      line(out, indent + 2, "dev: " + device.model() + ", id \"" + device.id() + "\"");
      device.propertyLines().forEach(text -> line(out, indent + 4, text));
      device.buses().forEach(below -> print(below, indent + 4, out));
    }
  }

  private static void line(StringBuilder out, int indent, String text) {
    out.append(" ".repeat(indent)).append(text).append('\n');
  }

  static void forEach(Bus root, Consumer<Device> action) {
    for (Device device : List.copyOf(root.devices())) {
      action.accept(device);
      device.buses().forEach(below -> forEach(below, action));
    }
  }

  /** Returns the device behind {@code predicate}, searching depth first. */
  static Optional<Device> find(Bus root, java.util.function.Predicate<Device> predicate) {
    List<Device> found = new ArrayList<>();
    forEach(
        root,
        device -> {
          if (predicate.test(device)) {
            found.add(device);
          }
        });
    return found.stream().findFirst();
  }
}
