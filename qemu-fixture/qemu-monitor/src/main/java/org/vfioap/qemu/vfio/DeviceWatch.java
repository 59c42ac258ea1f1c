package org.vfioap.qemu.vfio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Waits for what a device tells: the Linux in the guest asks something of its machine, as a virtual
 * CPU learns in KVM_RUN, or the kernel wants a device back.
 */
final class DeviceWatch extends Thread {
  private static final int LONGEST = 64;

  private final FileChannel device;
  private final Consumer<String> listener;

  DeviceWatch(String name, FileChannel device, Consumer<String> listener) {
    super(name);
    setDaemon(true);
    this.device = device;
    this.listener = listener;
  }

  @Override
  public void run() {
    ByteBuffer word = ByteBuffer.allocate(LONGEST);
    try {
      while (device.read(word.clear(), 0) > 0) {
        String text = new String(word.array(), 0, word.position(), StandardCharsets.UTF_8);
        listener.accept(text.strip());
      }
    } catch (IOException hostIsGone) {
      // Then nobody asks any more.
    }
  }
}
