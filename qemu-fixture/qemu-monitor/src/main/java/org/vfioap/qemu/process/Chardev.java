package org.vfioap.qemu.process;

import java.util.Optional;
import org.vfioap.qemu.monitor.Listening;
import org.vfioap.qemu.options.OptionString;

/**
 * A character device.
 *
 * @param label its identifier
 * @param backend the kind: {@code socket}, {@code null}, {@code stdio}, …
 * @param options its options
 * @param listening the socket, if it is one that listens
 */
record Chardev(String label, String backend, OptionString options, Optional<Listening> listening) {

  /** Returns the text that {@code query-chardev} shows for one that is no socket. */
  String filename() {
    return switch (backend) {
      case "pty" -> "pty:/dev/null";
      case "file" -> "file";
      default -> backend;
    };
  }

  /** Returns the type of its object. */
  String typeName() {
    return "chardev-" + backend;
  }
}
