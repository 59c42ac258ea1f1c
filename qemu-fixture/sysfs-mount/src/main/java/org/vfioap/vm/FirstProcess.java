package org.vfioap.vm;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.vfioap.fuse.OpenedFile;
import org.vfioap.fuse.RegularFile;
import org.vfioap.host.ApHost;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.sysfs.SysfsTree.Access;

/**
 * The process that is the first one of a Linux, on this computer: the one that holds this file open
 * for writing. Reading tells the number by which the reader knows it, or nothing while there is
 * none.
 *
 * <p>Linux ends with a reset or with its virtual machine, and its first process ends with it; so
 * does every program that was started in the namespaces of that process.
 */
public final class FirstProcess implements RegularFile {
  private final ApHost host;
  private final Companion companion;
  private @Nullable Caller holder;
  private boolean ended;
  private Runnable farewell = () -> {};

  /** Does something for the programs of a Linux while it has a first process. */
  @FunctionalInterface
  public interface Companion {
    /**
     * Begins; called in the thread that answers the process.
     *
     * @param host the Linux
     * @param pid the process, as the process that mounted the machine sees it
     * @return what ends it
     */
    Runnable begin(ApHost host, long pid);

    /**
     * Learns that a guest of the Linux has booted; called in the thread that answers the guest's
     * QEMU.
     *
     * @param outside the first process of the Linux that runs the guest, as the process that
     *     mounted the machine sees it; 0 if it has none, as the machine itself
     */
    default void booted(long outside, VirtualMachine guest) {}
  }

  /** Makes the file of a Linux that has no process yet. */
  public FirstProcess(ApHost host, Companion companion) {
    this.host = host;
    this.companion = companion;
  }

  @Override
  public int mode() {
    return 0600;
  }

  @Override
  public long size() {
    return 0;
  }

  /** Source: none of the kernel's; EBUSY as an exclusive device answers. */
  @Override
  public OpenedFile open(Access access, int thread) {
    Caller caller = Caller.of(thread);
    if (access == Access.READ) {
      return new HeldFile(text(caller));
    }
    begin(caller);
    return new HeldFile(text(caller)) {
      @Override
      public void close() {
        end();
      }
    };
  }

  private synchronized byte[] text(Caller reader) {
    String text = holder == null ? "" : holder.numberFor(reader) + "\n";
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Returns the process, as the process that mounted the machine sees it; 0 if there is none. */
  public synchronized long pid() {
    return holder == null ? 0 : holder.pid();
  }

  private synchronized void begin(Caller caller) {
    if (ended) {
      throw KernelRefusal.of(Errno.ENODEV, "this Linux has ended");
    }
    if (holder != null) {
      throw KernelRefusal.of(Errno.EBUSY, "process " + holder.pid() + " is the first already");
    }
    farewell = companion.begin(host, caller.pid());
    holder = caller;
  }

  private synchronized void end() {
    holder = null;
    farewell.run();
    farewell = () -> {};
  }

  /** Kills the process, if there is one, and lets no other take its place: Linux has ended. */
  public synchronized void kill() {
    ended = true;
    if (holder != null) {
      ProcessHandle.of(holder.pid()).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  private static class HeldFile implements OpenedFile {
    private final byte[] text;

    HeldFile(byte[] text) {
      this.text = text;
    }

    @Override
    public byte[] read(long offset, int size) {
      int from = (int) Math.min(offset, text.length);
      return Arrays.copyOfRange(text, from, Math.min(text.length, from + size));
    }

    @Override
    public int write(byte[] data) {
      throw KernelRefusal.of(Errno.EINVAL, "the file is held open, not written");
    }
  }
}
