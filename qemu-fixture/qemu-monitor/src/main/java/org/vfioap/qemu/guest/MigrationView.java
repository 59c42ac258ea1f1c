package org.vfioap.qemu.guest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.migration.MigratingGuest;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qdev.Device;
import org.vfioap.qemu.qdev.Migratability;

/** The guest as its migration sees it. */
final class MigrationView implements MigratingGuest {
  private static final String ADDRESS = "dev_id = \"";

  private final Guest guest;
  private final GuestEnvironment environment;

  MigrationView(Guest guest, GuestEnvironment environment) {
    this.guest = guest;
    this.environment = environment;
  }

  @Override
  public String machine() {
    return guest.configuration().machine();
  }

  @Override
  public long memory() {
    return guest.configuration().hasMachine() ? guest.configuration().memory() : 0;
  }

  /** After the clock and the disks; what is heard registers earlier. */
  @Override
  public int memorySection() {
    return 2 + guest.configuration().audiodevs();
  }

  @Override
  public List<String> sections() {
    List<String> sections = new ArrayList<>();
    guest.cpus().present().forEach(cpu -> sections.add("'cpu_common' " + cpu.core()));
    for (Device device : guest.board().devices()) {
      if (device.model().startsWith("virtio-") && device.model().endsWith("-ccw")) {
        String name = device.model().replaceFirst("-ccw$", "").replace("serial", "console");
        sections.add("'/" + address(device) + "/" + name + "' 0");
      }
    }
    return sections;
  }

  private static String address(Device device) {
    return device.propertyLines().stream()
        .filter(line -> line.startsWith(ADDRESS))
        .map(line -> line.substring(ADDRESS.length(), line.length() - 1))
        .findFirst()
        .orElse("");
  }

  @Override
  public List<String> nonMigratable() {
    List<Device> devices = guest.board().devices();
    List<String> names = new ArrayList<>();
    for (Device device : devices) {
      Migratability.of(device, devices)
          .ifPresent(name -> names.add(name.replace("ADDRESS", address(device))));
    }
    return names;
  }

  @Override
  public String runState() {
    return guest.life().state().wireName();
  }

  @Override
  public boolean finish() {
    boolean ran = guest.life().halt(RunState.FINISH_MIGRATE);
    guest.life().become(RunState.FINISH_MIGRATE);
    guest.leaveDisks();
    return ran;
  }

  @Override
  public void left() {
    guest.life().become(RunState.POSTMIGRATE);
  }

  @Override
  public void stayed(boolean ran) {
    boolean disks = takeDisks();
    if (ran && disks) {
      guest.life().run();
    } else {
      guest.life().become(RunState.POSTMIGRATE);
    }
  }

  @Override
  public void arrived(String state) {
    RunState had = RunState.named(state);
    boolean disks = takeDisks();
    if (had != RunState.RUNNING) {
      guest.life().become(had);
    } else if (guest.life().isAutostart() && disks) {
      guest.life().run();
    } else {
      guest.life().become(RunState.PAUSED);
    }
  }

  /** Without its disks the guest does not run. */
  private boolean takeDisks() {
    try {
      guest.takeDisks();
      return true;
    } catch (QemuError refused) {
      complain(refused.text() + "\n" + refused.hint());
      return false;
    }
  }

  @Override
  public void failed() {
    environment.exit(1);
  }

  @Override
  public int takeDescriptor(String name) throws QemuError {
    return guest
        .descriptors()
        .take(name)
        .orElseThrow(
            () -> QemuError.generic("File descriptor named '" + name + "' has not been found"));
  }

  @Override
  public void event(String name, JsonObject data) {
    environment.event(name, data);
  }

  @Override
  public void complain(String text) {
    environment.print(guest.configuration().program() + ": " + text);
  }

  @Override
  public void print(String text) {
    environment.print(text);
  }

  @Override
  public void execute(Runnable action) {
    environment.execute(action);
  }

  @Override
  public void after(Duration delay, Runnable action) {
    environment.after(delay, action);
  }
}
