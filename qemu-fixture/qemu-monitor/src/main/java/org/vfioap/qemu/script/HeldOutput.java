package org.vfioap.qemu.script;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.vfioap.qemu.monitor.Protocol;

/** The way to a client, which can be held up for a while or for ever. */
final class HeldOutput implements Protocol.Client {
  private final Protocol.Client client;
  private final ByteArrayOutputStream held = new ByteArrayOutputStream();
  private int holds;
  private boolean silent;

  HeldOutput(Protocol.Client client) {
    this.client = client;
  }

  @Override
  public void write(String text) {
    writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void writeBytes(byte[] bytes) {
    if (holds > 0) {
      held.writeBytes(bytes);
    } else if (!silent) {
      client.writeBytes(bytes);
    }
  }

  /** Keeps what is written until {@link #release}. */
  void hold() {
    holds++;
  }

  /** Sends what was kept, unless it is held a second time. */
  void release() {
    holds--;
    if (holds == 0) {
      byte[] bytes = held.toByteArray();
      held.reset();
      writeBytes(bytes);
    }
  }

  /** Drops all that is written from now on. */
  void silence() {
    silent = true;
  }

  @Override
  public void close() {
    client.close();
  }
}
