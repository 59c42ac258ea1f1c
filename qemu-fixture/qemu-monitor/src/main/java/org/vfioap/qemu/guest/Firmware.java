package org.vfioap.qemu.guest;

import java.time.Duration;
import org.vfioap.qemu.json.JsonObject;

/**
 * The firmware of a guest without an operating system: it looks for something to boot, finds
 * nothing and waits disabled, which QEMU calls a panic. Once it waits it does nothing more until a
 * reset. Source: target/s390x/helper.c of QEMU 7.2, and measured with its s390-ccw firmware.
 */
final class Firmware {
  /** How long the search takes; 3 to 16 ms were measured. */
  private static final Duration SEARCH = Duration.ofMillis(5);

  private static final long DISABLED_WAIT = 0x0002_0001_8000_0000L;

  private final Lifecycle life;
  private final GuestConfiguration configuration;
  private final GuestEnvironment environment;
  private int search;
  private boolean begun;
  private boolean waits;

  Firmware(Lifecycle life, GuestConfiguration configuration, GuestEnvironment environment) {
    this.life = life;
    this.configuration = configuration;
    this.environment = environment;
  }

  /** The CPUs run. */
  void go() {
    if (configuration.hasMachine() && !configuration.hasSystem() && !waits) {
      begun = true;
      int started = ++search;
      environment.after(SEARCH, () -> found(started));
    }
  }

  /** The CPUs are stopped; the search goes on when they run again. */
  void halt() {
    search++;
  }

  /** The machine is reset. */
  void restart() {
    search++;
    waits = false;
    begun = false;
  }

  /**
   * The CPU is restarted: the restart PSW that the firmware has set makes it wait once more. Before
   * the firmware has run there is none, and the CPU runs on for ever where nothing is.
   */
  void interrupt() {
    search++;
    waits = !begun;
  }

  private void found(int started) {
    if (started == search && !life.hasEnded()) {
      waits = true;
      life.panic(
          JsonObject.of("type", "s390")
              .with("core", 0)
              .with("psw-mask", DISABLED_WAIT)
              .with("psw-addr", 0)
              .with("reason", "disabled-wait"));
    }
  }
}
