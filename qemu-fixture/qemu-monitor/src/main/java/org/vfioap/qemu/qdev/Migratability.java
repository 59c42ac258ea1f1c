package org.vfioap.qemu.qdev;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vfioap.qemu.qapi.QemuError;

/**
 * Which devices cannot be saved, and so keep the guest from migrating. Source: the {@code
 * unmigratable} states of QEMU 7.2; migration/savevm.c (qemu_savevm_state_blocked) and
 * migration/migration.c (migration_is_blocked, check_only_migratable).
 */
public final class Migratability {
  private static final String ZPCI = "zpci";

  /** What stands before the refusal of a model, and the name of its state after the address. */
  private static final Map<String, State> STATES =
      Map.of(
          "vfio-ap",
          new State("vfio-ap", "/1/vfio-ap"),
          "virtio-crypto-ccw",
          new State("virtio-crypto-device", "/ADDRESS/virtio-crypto"),
          "virtio-crypto-pci",
          new State("virtio-crypto-device", ZPCI),
          "x-terminal3270",
          new State("x-terminal3270", "/ADDRESS/x-terminal3270"),
          ZPCI,
          new State(ZPCI, ZPCI));

  private Migratability() {}

  /**
   * Returns the name under which a device is not saved, with the word ADDRESS where that of its
   * channel stands; nothing if it is saved. What is on a PCI bus has a device of s390x's own, zpci,
   * behind it, unless one was made for it.
   */
  public static Optional<String> of(Device device, List<Device> all) {
    boolean own =
        all.stream()
            .filter(each -> each.model().equals(ZPCI))
            .anyMatch(each -> each.printed("target").equals(Optional.of(device.id())));
    return own ? Optional.empty() : state(device.model(), device.bus()).map(State::name);
  }

  /**
   * Refuses a device that cannot be saved, if only others are wanted.
   *
   * @throws QemuError if it cannot
   */
  static void check(String model, Bus bus, boolean onlyMigratable) throws QemuError {
    Optional<State> state = onlyMigratable ? state(model, Optional.of(bus)) : Optional.empty();
    if (state.isPresent()) {
      boolean behind = state.get().type().equals(ZPCI) && !model.equals(ZPCI);
      throw QemuError.generic(
          (behind ? "zPCI device could not be created: " : "")
              + "Device "
              + state.get().type()
              + " is not migratable, but --only-migratable was specified");
    }
  }

  private static Optional<State> state(String model, Optional<Bus> bus) {
    State own = STATES.get(model);
    boolean pci = bus.map(Bus::type).filter(type -> type.equals("PCI")).isPresent();
    return own != null || !pci ? Optional.ofNullable(own) : Optional.ofNullable(STATES.get(ZPCI));
  }

  /** A state that is not saved. */
  private record State(String type, String name) {}
}
