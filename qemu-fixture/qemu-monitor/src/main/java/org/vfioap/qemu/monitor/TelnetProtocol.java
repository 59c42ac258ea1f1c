package org.vfioap.qemu.monitor;

import java.util.List;
import org.vfioap.qemu.json.JsonObject;

/**
 * A protocol spoken through telnet: the terminal is asked for single bytes without echo, and its
 * commands are left out. Source: chardev/char-socket.c (tcp_chr_telnet_init,
 * tcp_chr_process_IAC_bytes) of QEMU 7.2.
 *
 * @param inner what is spoken
 */
public record TelnetProtocol(Protocol inner) implements Protocol {
  private static final byte COMMAND = (byte) 0xFF;
  private static final byte BREAK = (byte) 0xF3;
  private static final byte[] GREETING = {
    COMMAND,
    (byte) 0xFB,
    1,
    COMMAND,
    (byte) 0xFB,
    3,
    COMMAND,
    (byte) 0xFB,
    0,
    COMMAND,
    (byte) 0xFD,
    0
  };

  @Override
  public Session open(Client client) {
    client.writeBytes(GREETING);
    return new Filter(inner.open(client));
  }

  /** Leaves out commands: one byte, and what it is about. */
  private static final class Filter implements Session {
    private static final int TEXT = 1;
    private static final int BEGUN = 2;
    private static final int OVER = 4;

    private final Session session;
    private int state = TEXT;

    Filter(Session session) {
      this.session = session;
    }

    @Override
    public void receive(byte b) {
      if (state == TEXT) {
        if (b == COMMAND) {
          state = BEGUN;
        } else {
          session.receive(b);
        }
        return;
      }
      if (state == BEGUN && b == COMMAND) {
        session.receive(b);
        state = TEXT;
        return;
      }
      state += state == BEGUN && b == BREAK ? 2 : 1;
      state = state >= OVER ? TEXT : state;
    }

    @Override
    public void event(JsonObject event) {
      session.event(event);
    }

    @Override
    public void passed(List<Integer> descriptors) {
      session.passed(descriptors);
    }
  }
}
