package org.vfioap.qemu.monitor;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;

/**
 * A socket to listen on.
 *
 * @param channel the bound socket
 * @param filename the text that {@code query-chardev} shows while a client is connected
 * @param inherited whether the parent process opened it; such clients send file descriptors
 */
public record Listening(ServerSocketChannel channel, String filename, boolean inherited)
    implements AutoCloseable {
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
