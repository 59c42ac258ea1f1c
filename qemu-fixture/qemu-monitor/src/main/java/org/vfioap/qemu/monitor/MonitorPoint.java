package org.vfioap.qemu.monitor;

import java.io.IOException;
import java.util.function.UnaryOperator;
import org.vfioap.qemu.json.JsonObject;

/** Where a monitor is reached: a socket that listens, one that is connected, or the terminal. */
public interface MonitorPoint extends AutoCloseable {
  /** Tells whoever is there about an event. */
  void event(JsonObject event);

  /** Returns the text that {@code query-chardev} shows. */
  String filename();

  /** Makes those who come from now on speak with what {@code around} returns. */
  void interpose(UnaryOperator<Protocol> around);

  /** Breaks the connection of whoever is there; what waits for them is lost. */
  void hangUp();

  /** Ends it after what waits was written. */
  @Override
  void close() throws IOException;
}
