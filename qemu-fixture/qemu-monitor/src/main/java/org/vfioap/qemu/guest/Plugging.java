package org.vfioap.qemu.guest;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.vfioap.qemu.cpu.CpuModel;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qdev.Device;
import org.vfioap.qemu.qdev.PlugEnvironment;
import org.vfioap.qemu.qdev.UnplugFault;
import org.vfioap.qemu.vfio.VfioHost;

/** The guest as what plugs its devices sees it. */
final class Plugging implements PlugEnvironment {
  private final Guest guest;
  private final GuestEnvironment environment;
  private final UnpluggedDevices unplugged;

  Plugging(Guest guest, GuestEnvironment environment) {
    this.guest = guest;
    this.environment = environment;
    this.unplugged = new UnpluggedDevices(environment);
  }

  @Override
  public VfioHost host() {
    return guest.configuration().host();
  }

  @Override
  public long memory() {
    return guest.configuration().memory();
  }

  @Override
  public boolean isMigrating() {
    return guest.isMigrating();
  }

  @Override
  public boolean isMachineReady() {
    return guest.life().hasStarted();
  }

  @Override
  public boolean isOnlyMigratable() {
    return guest.configuration().onlyMigratable();
  }

  @Override
  public void event(String name, JsonObject data) {
    environment.event(name, data);
  }

  @Override
  public UnplugFault unplugFault() {
    UnplugFault ordered = environment.unplugFault();
    if (!ordered.equals(UnplugFault.NONE)) {
      return ordered;
    }
    String program = guest.configuration().program();
    return new UnplugFaultFile(text -> environment.print(program + ": " + text + "\n"))
        .read(guest.configuration().name().orElse(""));
  }

  @Override
  public void checkPlug() throws QemuError {
    environment.checkPlug();
  }

  @Override
  public void afterUnplug(Duration later, Runnable action) {
    Duration usual = guest.configuration().unplugDelay();
    if (later.isZero()) {
      unplugged.finish(usual, action);
    } else {
      environment.afterOrdered(usual.plus(later), action);
    }
  }

  @Override
  public void drainUnplugged() {
    unplugged.drain();
  }

  @Override
  public boolean hasDescriptor(String name) {
    return guest.descriptors().has(name);
  }

  @Override
  public void unplugRequested(Device device, String name) {
    environment.execute(() -> guest.plug().giveBack(device, name));
  }

  @Override
  public void print(String text) {
    environment.print(text);
  }

  @Override
  public void report(String text) {
    guest.reports().report(text);
  }

  @Override
  public void plugCpu(String model, String path, Map<String, JsonValue> properties)
      throws QemuError {
    int core =
        Optional.ofNullable(properties.get("core-id"))
            .map(value -> value instanceof JsonNumber.Signed number ? (int) number.value() : 0)
            .orElse(0);
    String name = model.replace("-s390x-cpu", "");
    CpuModel first = guest.processor().checkedModel();
    // The switches of -cpu are for all CPUs of that type.
    CpuModel plugged =
        name.equals(first.name()) ? first : guest.processor().models().find(name).orElseThrow();
    guest.processor().models().checkAvailable(plugged);
    guest.cpus().checkFree(core);
    if (!plugged.isLike(first)) {
      throw QemuError.generic("Mixed CPU models are not supported on s390x.");
    }
    guest.cpus().plug(core, path);
    BoardFitting.of(guest).addCpu(guest.board(), plugged, core, path);
  }
}
