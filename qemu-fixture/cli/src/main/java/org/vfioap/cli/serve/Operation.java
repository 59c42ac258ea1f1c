package org.vfioap.cli.serve;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.vfioap.qemu.process.EndedEarly;
import org.vfioap.qemu.qapi.QemuError;

/**
 * Something that a client asks for.
 *
 * @param members what a request may have besides {@code id} and {@code do}
 * @param action does it and returns the result
 */
record Operation(List<String> members, Action action) {
  static Operation of(Action action, String... members) {
    return new Operation(List.of(members), action);
  }

  /** Does it. */
  @FunctionalInterface
  interface Action {
    /**
     * Returns the result.
     *
     * @throws IllegalArgumentException if the request is wrong
     */
    JsonNode run(Request request) throws QemuError, EndedEarly, InterruptedException;
  }
}
