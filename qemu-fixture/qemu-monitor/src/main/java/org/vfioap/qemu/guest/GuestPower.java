package org.vfioap.qemu.guest;

import java.util.function.Consumer;

/**
 * Does what the Linux in the guest asks of its machine. Source: softmmu/runstate.c of QEMU 7.2,
 * qemu_system_reset_request and qemu_system_shutdown_request.
 */
final class GuestPower implements Consumer<String> {
  private final Lifecycle life;
  private final GuestEnvironment environment;

  GuestPower(Lifecycle life, GuestEnvironment environment) {
    this.life = life;
    this.environment = environment;
  }

  /** Called in any thread. */
  @Override
  public void accept(String word) {
    environment.execute(() -> perform(word));
  }

  private void perform(String word) {
    switch (word) {
      case "reboot" -> life.reset(ShutdownCause.GUEST_RESET);
      case "poweroff" -> life.powerOff();
      default -> {}
    }
  }
}
