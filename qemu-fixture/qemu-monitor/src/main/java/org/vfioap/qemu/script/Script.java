package org.vfioap.qemu.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vfioap.qemu.qdev.UnplugFault;

/**
 * What goes wrong in a guest, set by a test while it runs. Faults for the next time are used up in
 * the order in which they were set, before one that holds always. Thread-safe.
 *
 * <p>Names are those that QEMU has: another one is an {@link IllegalArgumentException} that tells
 * the nearest. Faults of commands are for the machine-readable monitors; those of plugging and
 * unplugging for the human monitor too, and only for devices with which nothing else is wrong.
 */
public final class Script {
  private static final String DEVICE_DEL = "device_del";

  private final Orders<Fault> commands = new Orders<>();
  private final Orders<EventFault> events = new Orders<>();
  private final Orders<UnplugFault> unplugs = new Orders<>();
  private final Orders<Fault.Refuse> plugs = new Orders<>();

  private Script() {}

  /** Returns a script in which nothing goes wrong. */
  public static Script empty() {
    return new Script();
  }

  /**
   * Makes {@code fault} happen the next time that {@code command} is sent.
   *
   * @throws IllegalArgumentException if QEMU has no such command, or it is not one for the fault
   */
  public synchronized Script next(String command, Fault fault) {
    if (isUnplug(command, fault)) {
      return nextUnplug(UnplugFault.REJECT);
    }
    commands.next(command, fault);
    return this;
  }

  /**
   * Makes {@code fault} happen each time that {@code command} is sent.
   *
   * @throws IllegalArgumentException as {@link #next}
   */
  public synchronized Script always(String command, Fault fault) {
    if (isUnplug(command, fault)) {
      return everyUnplug(UnplugFault.REJECT);
    }
    commands.always(command, fault);
    return this;
  }

  /**
   * Does nothing if QEMU has a command of this name.
   *
   * @throws IllegalArgumentException if it has none, with the nearest
   */
  public void checkCommand(String name) {
    Vocabulary.checkCommand(name);
  }

  /**
   * Does nothing if QEMU has an event of this name.
   *
   * @throws IllegalArgumentException if it has none, with the nearest
   */
  public void checkEvent(String name) {
    Vocabulary.checkEvent(name);
  }

  private static boolean isUnplug(String command, Fault fault) {
    Vocabulary.checkCommand(command);
    boolean rejected = fault instanceof Fault.RejectUnplug;
    if (rejected && !command.equals(DEVICE_DEL)) {
      throw new IllegalArgumentException(
          "a guest cannot reject " + command + "; RejectUnplug is for " + DEVICE_DEL);
    }
    return rejected;
  }

  /** Makes {@code fault} happen to the next device that is unplugged, by whatever monitor. */
  public synchronized Script nextUnplug(UnplugFault fault) {
    unplugs.next(DEVICE_DEL, fault);
    return this;
  }

  /** Makes {@code fault} happen to every device that is unplugged, by whatever monitor. */
  public synchronized Script everyUnplug(UnplugFault fault) {
    unplugs.always(DEVICE_DEL, fault);
    return this;
  }

  /** Refuses the next device that QEMU would take, by whatever monitor. */
  public synchronized Script nextPlug(Fault.Refuse refusal) {
    plugs.next("device_add", refusal);
    return this;
  }

  /** Refuses every device that QEMU would take, by whatever monitor. */
  public synchronized Script everyPlug(Fault.Refuse refusal) {
    plugs.always("device_add", refusal);
    return this;
  }

  /**
   * Makes {@code fault} happen to the next event called {@code event}.
   *
   * @throws IllegalArgumentException if QEMU has no such event
   */
  public synchronized Script nextEvent(String event, EventFault fault) {
    Vocabulary.checkEvent(event);
    events.next(event, fault);
    return this;
  }

  /**
   * Makes {@code fault} happen to every event called {@code event}.
   *
   * @throws IllegalArgumentException if QEMU has no such event
   */
  public synchronized Script everyEvent(String event, EventFault fault) {
    Vocabulary.checkEvent(event);
    events.always(event, fault);
    return this;
  }

  /** Returns the faults that were ordered and have not happened, each in words. */
  public synchronized List<String> unused() {
    List<String> unused = new ArrayList<>(unplugs.unused());
    unused.addAll(plugs.unused());
    unused.addAll(commands.unused());
    unused.addAll(events.unused());
    return unused;
  }

  /** Forgets all faults that have not happened. */
  public synchronized void clear() {
    commands.clear();
    events.clear();
    unplugs.clear();
    plugs.clear();
  }

  /** Takes the fault for a command that was just sent. */
  synchronized Optional<Fault> take(String command) {
    return commands.take(command);
  }

  /** Takes the fault for an event that is about to be sent. */
  synchronized Optional<EventFault> takeEvent(String event) {
    return events.take(event);
  }

  synchronized Optional<UnplugFault> takeUnplug() {
    return unplugs.take(DEVICE_DEL);
  }

  synchronized Optional<Fault.Refuse> takePlug() {
    return plugs.take("device_add");
  }
}
