package org.vfioap.qemu.vfio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Waits for what the Linux in the guest asks of its machine, as a virtual CPU does in KVM_RUN. */
final class GuestWatch extends Thread {
  private static final int LONGEST = 64;

  private final FileChannel kvm;
  private final Consumer<String> listener;

  GuestWatch(FileChannel kvm, Consumer<String> listener) {
    super("guest");
    setDaemon(true);
    this.kvm = kvm;
    this.listener = listener;
  }

  @Override
  public void run() {
    ByteBuffer word = ByteBuffer.allocate(LONGEST);
    try {
      while (kvm.read(word.clear(), 0) > 0) {
        String text = new String(word.array(), 0, word.position(), StandardCharsets.UTF_8);
        listener.accept(text.strip());
      }
    } catch (IOException hostIsGone) {
      // Then nobody asks any more.
    }
  }
}
