package org.vfioap.junit;

import java.time.Duration;
import org.vfioap.qemu.json.JsonValue;

/**
 * What goes wrong in a guest. A fault that is ordered and does not happen fails the test, unless
 * {@link VfioAp#strictFaults} is off. Each is ordered for a number of times: {@code
 * unplug().reject().once()}.
 */
public interface GuestFaults {
  /** Orders what happens to unplugging, by whatever monitor. */
  Unplug unplug();

  /** Orders what happens to plugging, by whatever monitor. */
  Plug plug();

  /**
   * Orders what happens to a command on {@link FixtureGuest#qmpSocket}.
   *
   * @throws IllegalArgumentException if QEMU has no such command, with the nearest
   */
  Command command(String name);

  /**
   * Orders what happens to an event on {@link FixtureGuest#qmpSocket}.
   *
   * @throws IllegalArgumentException if QEMU has no such event, with the nearest
   */
  Event event(String name);

  /** Unplugging. */
  interface Unplug {
    /** The guest keeps the device, and DEVICE_UNPLUG_GUEST_ERROR follows the answer. */
    Times reject();

    /** device_del is refused. */
    Times refuse(String text);

    /** The guest keeps the device and says nothing. */
    Times ignore();

    /** The device goes, but DEVICE_DELETED does not come. */
    Times loseEvent();

    /** The device goes, but DEVICE_DELETED comes later. */
    Times delay(Duration delay);
  }

  /** Plugging. */
  interface Plug {
    /** device_add is refused, if QEMU would not have refused it already. */
    Times refuse(String text);
  }

  /** A command. */
  interface Command {
    /** Nothing is answered any more. */
    Times stall();

    /** The connection is closed. */
    Times drop();

    /** These bytes are sent instead of an answer. */
    Times garbage(String text);

    /** It is refused. */
    Times refuse(String text);

    /** This is answered, and nothing done. */
    Times answer(JsonValue value);

    /** It is done at once, but answered later. */
    Times delay(Duration delay);
  }

  /** An event. */
  interface Event {
    /** It never comes. */
    Times lose();

    /** It comes later. */
    Times delay(Duration delay);
  }
}
