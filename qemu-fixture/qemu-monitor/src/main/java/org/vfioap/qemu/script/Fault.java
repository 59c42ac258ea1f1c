package org.vfioap.qemu.script;

import java.time.Duration;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.ErrorClass;

/** What a monitor does with a command instead of what QEMU would do. */
public sealed interface Fault {

  /** Nothing is answered any more, and no event comes; the connection stays open. */
  record Stall() implements Fault {}

  /** The connection is closed; a client may connect again. */
  record DropConnection() implements Fault {}

  /**
   * These bytes are sent instead of an answer.
   *
   * @param text the bytes as UTF-8 text, line ends included
   */
  record Garbage(String text) implements Fault {}

  /**
   * The command is refused; nothing is done.
   *
   * @param errorClass the class of the error
   * @param text its description
   */
  record Refuse(ErrorClass errorClass, String text) implements Fault {
    /** Returns a refusal as {@code GenericError}. */
    public static Refuse generic(String text) {
      return new Refuse(ErrorClass.GENERIC_ERROR, text);
    }
  }

  /**
   * {@code device_del} is accepted, but the guest does not let go: the device stays and
   * DEVICE_UNPLUG_GUEST_ERROR follows the answer.
   */
  record RejectUnplug() implements Fault {}

  /**
   * This value is answered; nothing is done.
   *
   * @param value the value of {@code return}
   */
  record Answer(JsonValue value) implements Fault {
    /** Returns the answer of commands that return nothing. */
    public static Answer empty() {
      return new Answer(JsonObject.empty());
    }
  }

  /**
   * The command is executed at once, but the monitor says nothing for a while; what it has to say
   * comes afterwards in order.
   *
   * @param delay how long
   */
  record DelayAnswer(Duration delay) implements Fault {}
}
