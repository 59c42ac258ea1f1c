package org.vfioap.qemu.monitor;

import java.util.List;
import org.vfioap.qemu.json.JsonObject;

/** How a monitor speaks with its clients. */
public interface Protocol {
  /** Greets a client that has just connected. */
  Session open(Client client);

  /** Where to write for one client. */
  interface Client extends org.vfioap.qemu.qmp.MonitorOutput {
    /** Writes {@code text} in UTF-8. */
    void write(String text);

    /** Closes the connection. */
    void close();
  }

  /** One client's conversation. */
  interface Session {
    /** A conversation with nobody. */
    Session NONE =
        new Session() {
          @Override
          public void receive(byte b) {}

          @Override
          public void event(JsonObject event) {}
        };

    /** Takes the next byte from the client. */
    void receive(byte b);

    /** Tells the client about an event. */
    void event(JsonObject event);

    /** Takes the file descriptors that come with the next bytes. */
    default void passed(List<Integer> descriptors) {}
  }
}
