package org.vfioap.qemu.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vfioap.qemu.guest.Guest;
import org.vfioap.qemu.guest.NetworkHost;
import org.vfioap.qemu.guest.UserObjects;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.options.OptionString;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qdev.DeviceOptions;
import org.vfioap.qemu.qdev.Global;

/** Creates the objects and devices of the command line. Source: softmmu/vl.c of QEMU 7.2. */
final class ColdDevices {
  private final CommandLine line;
  private final Guest guest;
  private final Console console;

  ColdDevices(CommandLine line, Guest guest, Console console) {
    this.line = line;
    this.guest = guest;
    this.console = console;
  }

  /**
   * Makes the objects of users; their members have been checked.
   *
   * @param early those that networks may need, or those that may need networks
   */
  void createObjects(List<UserObject> objects, boolean early) throws Exit {
    for (UserObject object : objects) {
      try {
        if (object.isEarly() == early && !object.isMonitor()) {
          UserObjects.of(guest).add(object.members());
        }
      } catch (QemuError refused) {
        throw line.failure(refused.text() + "\n" + refused.hint());
      }
    }
  }

  /** Makes the networks; they have been checked. */
  void createNetworks(List<JsonObject> networks) throws Exit {
    for (JsonObject members : networks) {
      try {
        guest.networks().add(members, NetworkHost.of(guest), true);
      } catch (QemuError refused) {
        throw line.failure(refused.text() + "\n" + refused.hint());
      }
    }
  }

  private List<Global> globals() {
    List<Global> globals = new ArrayList<>();
    for (String value : line.values("global")) {
      globals.add(Global.parse(value));
    }
    return globals;
  }

  /** Sets properties of the board's devices, and notes those of the ones that come. */
  void applyGlobals() throws Exit {
    if (!line.has("global")) {
      return;
    }
    try {
      guest.plug().globals().add(globals());
    } catch (QemuError refused) {
      throw line.failure(refused.text() + "\n");
    }
  }

  /** Warns about settings of devices that do not exist. */
  void checkGlobals() {
    for (Global each : globals()) {
      if (!guest.board().types().isA(each.driver(), "device")) {
        String name = each.driver() + "." + each.property();
        console.report("warning: global " + name + " has invalid class name\n");
      }
    }
  }

  /** Warns about networks that nothing is on. */
  void checkNetworks(List<JsonObject> networks) {
    if (line.has("net")) {
      for (String warning : NetworkOptions.warnings(line)) {
        console.report("warning: " + warning + "\n");
      }
    }
    if (!networks.isEmpty()) {
      guest.networks().warnings().forEach(each -> console.report("warning: " + each + "\n"));
    }
  }

  /** Makes the devices, with those that the machine makes for its disks. */
  void createDevices(Optional<DiskOptions> disks) throws Exit {
    if (disks.isPresent()) {
      guest.board().adopt(disks.get().disks());
    }
    createDevices(false);
    if (disks.isPresent()) {
      for (String drive : disks.get().ofMachine()) {
        createDisk(drive);
      }
    }
    createDevices(true);
  }

  private void createDisk(String drive) throws Exit {
    try {
      guest
          .plug()
          .add(
              DeviceOptions.ofText(
                  OptionString.parse("virtio-blk,drive=" + drive.replace(",", ",,"), "driver")));
    } catch (QemuError refused) {
      throw line.failure(refused.text() + "\n" + refused.hint());
    }
  }

  /** Makes those that are written in the one or the other form. */
  private void createDevices(boolean json) throws Exit {
    for (CommandLine.Option option : line.all("device")) {
      if (option.value().startsWith("{") == json) {
        create(option);
      }
    }
  }

  private void create(CommandLine.Option option) throws Exit {
    guest.reports().setLocation(option.location());
    try {
      guest.plug().add(options(option.value()));
    } catch (QemuError refused) {
      throw failure(line, option, refused);
    } finally {
      guest.reports().setLocation("");
    }
  }

  private static DeviceOptions options(String text) throws QemuError {
    return text.startsWith("{")
        ? DeviceOptions.ofJson(OptionPass.json(text))
        : DeviceOptions.ofText(OptionString.parse(text, "driver"));
  }

  private static Exit failure(CommandLine line, CommandLine.Option option, QemuError refused) {
    return line.failure(option.location() + ": " + refused.text() + "\n" + refused.hint());
  }
}
