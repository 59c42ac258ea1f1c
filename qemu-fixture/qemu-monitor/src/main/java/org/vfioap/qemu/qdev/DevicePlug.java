package org.vfioap.qemu.qdev;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.options.Identifiers;
import org.vfioap.qemu.persona.QemuRules;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qapi.Refusals;
import org.vfioap.qemu.qom.QomObject;
import org.vfioap.qemu.recording.Recording;

/**
 * Plugs and unplugs devices, with QEMU's order of checks. Source: softmmu/qdev-monitor.c of QEMU
 * 7.2, and measured.
 */
public final class DevicePlug {
  private static final String PERIPHERAL = "/machine/peripheral";
  private static final String CPU = "s390x-cpu";

  private final Board board;
  private final PlugEnvironment environment;
  private final DeviceModels models;
  private final DeviceBuilder builder;
  private final Globals globals;
  private int anonymous;

  /** Plugs into {@code board}. */
  public DevicePlug(Board board, PlugEnvironment environment) {
    this.board = board;
    this.models = DeviceModels.recorded(board.types());
    this.environment = environment;
    this.builder = new DeviceBuilder(board, environment);
    this.globals = new Globals(board, environment);
  }

  /**
   * Creates a device and puts it on its bus. If that fails, devices that were unplugged before are
   * gone on return, and their events sent.
   *
   * @throws QemuError if QEMU refuses; nothing is left behind
   */
  public void add(DeviceOptions options) throws QemuError {
    try {
      create(options);
    } catch (QemuError refused) {
      environment.drainUnplugged();
      throw refused;
    }
  }

  private void create(DeviceOptions options) throws QemuError {
    String driver = options.text("driver").orElseThrow(() -> Refusals.missing("driver"));
    String model = resolveModel(driver);
    Optional<Bus> bus = findBus(model, options.text("bus"));
    if (environment.isMachineReady()) {
      checkHotplug(model, bus);
    }
    Optional<String> given = options.text("id");
    if (given.isPresent()
        && QemuRules.DEVICE_ID_CHECKED.now()
        && !Identifiers.isValid(given.get())) {
      throw QemuError.generic("Invalid qdev ID '" + given.get() + "'");
    }
    Map<String, JsonValue> properties = globals.of(model, given.orElse(""));
    Place place = place(given);
    place.parent().reserve(place.name());
    try {
      properties.putAll(readProperties(model, options));
      add(model, place, bus, properties);
    } catch (QemuError refused) {
      place.parent().drop(place.name());
      throw refused;
    }
  }

  private void add(String model, Place place, Optional<Bus> bus, Map<String, JsonValue> properties)
      throws QemuError {
    if (board.types().isA(model, CPU)) {
      environment.plugCpu(model, place.path(), properties);
      return;
    }
    Bus target = bus.orElseGet(Bus::none);
    Candidate candidate = new Candidate(model, place.id(), target, properties, board);
    ScsiAddress.check(candidate);
    String link = "child[" + target.nextNumber() + "]";
    board.objectOf(target).ifPresent(each -> each.reserve(link));
    int number = target.takeNumber();
    try {
      environment.checkPlug();
      Device device = builder.build(candidate);
      device.relocate("/machine/peripheral/d0/", place.path() + "/");
      checkConsole(model);
      DiskUse.take(candidate, device, place.path());
      board.attach(target, number, device, place.parent(), place.name());
    } catch (QemuError refused) {
      board.objectOf(target).ifPresent(each -> each.drop(link));
      throw refused;
    }
  }

  /** Source: hw/char/sclpconsole.c, sclpconsole-lm.c and hw/s390x/event-facility.c of QEMU 7.2. */
  private void checkConsole(String model) throws QemuError {
    String kind = model.equals("sclpconsole") ? "VT220" : "line-mode";
    boolean console = model.equals("sclpconsole") || model.equals("sclplmconsole");
    if (console && board.devices().stream().anyMatch(each -> each.model().equals(model))) {
      environment.report("Multiple " + kind + " operator consoles are not supported\n");
      throw QemuError.generic("SCLP event initialization failed.");
    }
  }

  private String resolveModel(String driver) throws QemuError {
    boolean known = board.types().exists(driver);
    String model = known ? driver : models.behindAlias(driver).orElse(driver);
    if (!board.types().isA(model, "device")) {
      String alias = model.equals(driver) ? "" : " (alias '" + model + "')";
      throw QemuError.generic("'" + driver + "'" + alias + " is not a valid device model name");
    }
    if (board.types().isAbstract(model)) {
      throw Refusals.expects("driver", "a non-abstract device type");
    }
    boolean internal = models.find(model).map(DeviceModels.Model::internal).orElse(true);
    if (internal || (environment.isMachineReady() && !isHotpluggable(model))) {
      throw Refusals.expects("driver", "a pluggable device type");
    }
    return model;
  }

  /** Says whether a model can be plugged while the machine exists; its refusal was recorded. */
  private static boolean isHotpluggable(String model) {
    Optional<String> refusal = Recording.named("devices").find(model + " hot");
    return refusal.filter(text -> text.startsWith("Parameter 'driver'")).isEmpty();
  }

  private Optional<Bus> findBus(String model, Optional<String> path) throws QemuError {
    BusPath buses = new BusPath(board.root(), models, board.types()::isA);
    Optional<String> type = models.find(model).flatMap(DeviceModels.Model::bus);
    if (path.isPresent()) {
      Bus bus = buses.find(path.get());
      if (type.isEmpty() || !board.types().isA(bus.type(), type.get())) {
        throw QemuError.generic("Device '" + model + "' can't go on " + bus.type() + " bus");
      }
      return Optional.of(bus);
    }
    if (type.isEmpty()) {
      return Optional.empty();
    }
    Optional<Bus> any = buses.byType(type.get());
    Optional<Bus> bus = any.filter(found -> !found.isFull());
    if (bus.isEmpty() && any.isPresent() && QemuRules.FULL_BUS_NAMED.now()) {
      throw QemuError.generic("A '" + type.get() + "' bus was found but is full");
    }
    if (bus.isEmpty()) {
      throw QemuError.generic("No '" + type.get() + "' bus found for device '" + model + "'");
    }
    return bus;
  }

  private void checkHotplug(String model, Optional<Bus> bus) throws QemuError {
    if (bus.isPresent() && !board.isHotpluggable(bus.get())) {
      throw QemuError.generic("Bus '" + bus.get().name() + "' does not support hotplugging");
    }
    if (bus.isEmpty() && !board.types().isA(model, CPU)) {
      throw QemuError.generic("Device '" + model + "' can not be hotplugged on this machine");
    }
    if (environment.isMigrating()) {
      throw QemuError.generic("device_add not allowed while migrating");
    }
  }

  private Place place(Optional<String> given) throws QemuError {
    if (given.isEmpty()) {
      QomObject parent = board.at("/machine/peripheral-anon").orElseThrow();
      return new Place("", parent, "device[" + anonymous++ + "]");
    }
    String id = given.get();
    QomObject parent = board.at(PERIPHERAL).orElseThrow();
    if (parent.property(id).isPresent()) {
      throw QemuError.generic("Duplicate device ID '" + id + "'");
    }
    return new Place(id, parent, id);
  }

  private Map<String, JsonValue> readProperties(String model, DeviceOptions options)
      throws QemuError {
    PropertyInput input =
        new PropertyInput(
            model, options.text("id").orElse(""), PropertyTable.of(model), board, environment);
    Map<String, JsonValue> properties = new LinkedHashMap<>();
    for (Map.Entry<String, JsonValue> each : options.properties().entrySet()) {
      JsonValue value = input.read(each.getKey(), each.getValue(), options.isTyped());
      properties.put(each.getKey(), value);
    }
    // Whatever it says, the device is realized afterwards.
    properties.remove("realized");
    return properties;
  }

  /**
   * Unplugs a device: its identifier and its place on the bus are free on return, the events
   * follow.
   *
   * @param id an identifier, or a path that is absolute or starts below {@code /machine/peripheral}
   * @throws QemuError if there is no such device or it cannot be unplugged
   */
  public void delete(String id) throws QemuError {
    QomObject from = board.at(PERIPHERAL).orElseGet(() -> board.tree().root());
    QomObject object =
        board.tree().resolveAt(from, id).orElseThrow(() -> QemuError.deviceNotFound(id));
    if (!board.types().isA(object.type(), "device")) {
      throw QemuError.generic(id + " " + QemuRules.NO_DEVICE.now());
    }
    if (isUnrealized(object)) {
      throw QemuError.generic("Device " + id + " is already in the process of unplug");
    }
    if (board.types().isA(object.type(), CPU)) {
      throw QemuError.generic("CPU hot unplug not supported on this machine");
    }
    unplug(object, environment.unplugFault());
  }

  /** What was realized once and is no more counts as on its way out. */
  private static boolean isUnrealized(QomObject object) {
    return object.property("realized").filter(each -> each.raw().equals("false")).isPresent();
  }

  private void unplug(QomObject object, UnplugFault fault) throws QemuError {
    Optional<Device> device = board.deviceOf(object);
    Optional<Bus> bus = device.flatMap(Device::bus);
    if (bus.isPresent() && !board.isHotpluggable(bus.get())) {
      throw QemuError.generic("Bus '" + bus.get().name() + "' does not support hotplugging");
    }
    if (bus.isEmpty()
        || !isHotpluggable(object.type())
        || !object.path().startsWith("/machine/peripheral")) {
      throw QemuError.generic("Device '" + object.type() + "' does not support hotplugging");
    }
    if (environment.isMigrating()) {
      throw QemuError.generic("device_del not allowed while migrating");
    }
    if (!bus.get().type().equals("PCI")) {
      remove(device.orElseThrow(), object, fault);
    }
  }

  private void remove(Device device, QomObject object, UnplugFault fault) throws QemuError {
    switch (fault.kind()) {
      case REFUSE -> throw QemuError.generic(fault.text());
      case REJECT ->
          environment.afterUnplug(
              Duration.ZERO,
              () -> environment.event("DEVICE_UNPLUG_GUEST_ERROR", naming(device, object)));
      case LOSE -> {
        device.unplug();
        board.detach(device);
      }
      case NONE, DELAY -> {
        List<JsonObject> events = new ArrayList<>();
        collectEvents(device, object, events);
        device.unplug();
        board.detach(device);
        environment.afterUnplug(
            fault.delay(), () -> events.forEach(data -> environment.event("DEVICE_DELETED", data)));
      }
      default -> {}
    }
  }

  /** Lets go of a device that the kernel wants back: QEMU unplugs it by itself. */
  public void giveBack(Device device, String name) {
    Optional<QomObject> object = device.object().filter(each -> board.deviceOf(each).isPresent());
    if (object.isEmpty()) {
      return;
    }
    try {
      unplug(object.get(), UnplugFault.NONE);
    } catch (QemuError refused) {
      environment.report("warning: vfio " + name + ": " + refused.text() + "\n");
    }
  }

  /** What sits on the buses of a device goes first. */
  private static void collectEvents(Device device, QomObject object, List<JsonObject> events) {
    for (Bus bus : device.buses()) {
      for (Device below : bus.devices()) {
        below.object().ifPresent(each -> collectEvents(below, each, events));
      }
    }
    events.add(naming(device, object));
  }

  private static JsonObject naming(Device device, QomObject object) {
    JsonObject data = JsonObject.empty();
    if (!device.id().isEmpty()) {
      data.with("device", device.id());
    }
    return data.with("path", object.path());
  }

  /** Returns the names of the models that users may create. */
  public List<String> creatableModels() {
    return models.creatable();
  }

  /** Returns what all devices have from their creation on. */
  public Globals globals() {
    return globals;
  }

  /** Resets all devices. */
  public void reset() {
    board.devices().forEach(Device::reset);
  }

  /** Lets go of everything that devices hold on the host. */
  public void releaseAll() {
    board.devices().forEach(Device::release);
  }

  private record Place(String id, QomObject parent, String name) {
    String path() {
      return parent.path() + "/" + name;
    }
  }
}
