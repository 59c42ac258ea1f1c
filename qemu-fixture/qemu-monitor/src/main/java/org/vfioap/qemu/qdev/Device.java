package org.vfioap.qemu.qdev;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vfioap.qemu.qom.QomObject;

/** A device on a bus, with the lines that {@code info qtree} prints for its properties. */
public final class Device {
  private final String model;
  private final String id;
  private final List<String> propertyLines = new ArrayList<>();
  private final List<Bus> buses = new ArrayList<>();
  private @Nullable Bus bus;
  private @Nullable QomObject object;
  private int childNumber;
  private Runnable unplug = () -> {};
  private Runnable release = () -> {};
  private Runnable reset = () -> {};

  Device(String model, String id) {
    this.model = model;
    this.id = id;
  }

  /** Returns the type's name. */
  public String model() {
    return model;
  }

  /** Returns the identifier; empty if it has none. */
  public String id() {
    return id;
  }

  /** Returns the lines {@code name = value}. */
  public List<String> propertyLines() {
    return propertyLines;
  }

  /** Returns the value that is printed for a property: text without quotes, a number in decimal. */
  public Optional<String> printed(String property) {
    String start = property + " = ";
    return propertyLines.stream()
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()))
        .map(value -> value.startsWith("\"") ? value.substring(1, value.length() - 1) : value)
        .map(value -> value.replaceFirst(" \\(0x[0-9a-f]+\\)$", ""))
        .findFirst();
  }

  /** Returns the buses that the device brings. */
  public List<Bus> buses() {
    return buses;
  }

  /** Returns the bus that the device is on. */
  public Optional<Bus> bus() {
    return Optional.ofNullable(bus);
  }

  /** Returns the object behind the device. */
  public Optional<QomObject> object() {
    return Optional.ofNullable(object);
  }

  int childNumber() {
    return childNumber;
  }

  void placeOn(Bus newBus, int number) {
    this.bus = newBus;
    this.childNumber = number;
  }

  void represent(QomObject newObject) {
    this.object = newObject;
  }

  /** Sets what lets go of the host's resources. */
  void onRelease(Runnable action) {
    release = action;
  }

  /** Sets what comes before the device is taken off its bus. */
  void onUnplug(Runnable action) {
    unplug = action;
  }

  void unplug() {
    unplug.run();
  }

  /** Puts another path in the place of one in what is printed, here and in the devices behind. */
  void relocate(String recorded, String path) {
    propertyLines.replaceAll(line -> line.replace(recorded, path));
    for (Bus below : buses) {
      below.devices().forEach(device -> device.relocate(recorded, path));
    }
  }

  /** Sets what a system reset does. */
  void onReset(Runnable action) {
    reset = action;
  }

  void release() {
    release.run();
  }

  void reset() {
    reset.run();
  }

  /** Joins the devices behind this one with the objects behind its own. */
  void representBelow(QomObject above) {
    for (Bus below : buses) {
      for (Device device : below.devices()) {
        above.children().stream()
            .filter(child -> child.type().equals(device.model()))
            .findFirst()
            .ifPresent(
                child -> {
                  device.represent(child);
                  device.representBelow(child);
                });
      }
    }
  }

  /** Replaces the printed value of a property, here or in the devices behind this one. */
  void print(String property, String value) {
    propertyLines.replaceAll(
        line -> line.startsWith(property + " = ") ? property + " = " + value : line);
    for (Bus below : buses) {
      below.devices().forEach(device -> device.print(property, value));
    }
  }
}
