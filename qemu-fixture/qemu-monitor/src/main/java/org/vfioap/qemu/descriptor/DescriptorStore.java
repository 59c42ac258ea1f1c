package org.vfioap.qemu.descriptor;

import java.io.FileOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qapi.Refusals;

/** Descriptors that came over a monitor, by the names that getfd gives. Source: monitor/misc.c. */
public final class DescriptorStore {
  private final Deque<Integer> unclaimed = new ArrayDeque<>();
  private final Map<String, Integer> named = new HashMap<>();

  /** Takes descriptors that came with a message. */
  public void arrived(List<Integer> numbers) {
    unclaimed.addAll(numbers);
  }

  /** Names the descriptor that came with this command. */
  public void claim(String name) throws QemuError {
    Integer number = unclaimed.poll();
    if (number == null) {
      throw QemuError.generic("No file descriptor supplied via SCM_RIGHTS");
    }
    if (!name.isEmpty() && Character.isDigit(name.charAt(0))) {
      close(number);
      throw Refusals.expects("fdname", "a name not starting with a digit");
    }
    Integer before = named.put(name, number);
    if (before != null) {
      close(before);
    }
  }

  /** Closes a named descriptor. */
  public void close(String name) throws QemuError {
    Integer number = named.remove(name);
    if (number == null) {
      throw QemuError.generic("File descriptor named '" + name + "' not found");
    }
    close(number);
  }

  /** Says whether there is a descriptor of that name. */
  public boolean has(String name) {
    return named.containsKey(name);
  }

  /** Gives a named descriptor away. */
  public Optional<Integer> take(String name) {
    return Optional.ofNullable(named.remove(name));
  }

  private static void close(int number) {
    try {
      new FileOutputStream(Descriptors.of(number)).close();
    } catch (IOException | ReflectiveOperationException | RuntimeException leftOpen) {
      return;
    }
  }
}
