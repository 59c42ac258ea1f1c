package org.vfioap.junit;

import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.vfioap.ap.Adapter;
import org.vfioap.ap.AdapterId;
import org.vfioap.ap.AdapterMode;
import org.vfioap.ap.AdapterType;
import org.vfioap.ap.Apqn;
import org.vfioap.ap.QueueState;
import org.vfioap.files.FileOrders;
import org.vfioap.files.FileOrders.Moment;
import org.vfioap.host.ApHost;
import org.vfioap.kernel.Errno;

/** Changes the hardware, and orders what happens to files. */
record OrderedMachineFaults(ApHost host, FileOrders files) implements MachineFaults {
  @Override
  public void remove(int adapter) {
    host.change(
        hardware ->
            hardware.adapters(
                hardware.configuration().adapters().without(AdapterId.of(adapter).number())));
  }

  private void change(int adapter, UnaryOperator<Adapter> change) {
    host.change(hardware -> hardware.adapter(AdapterId.of(adapter), change));
  }

  @Override
  public void deconfigure(int adapter) {
    change(adapter, before -> before.withConfigured(false));
  }

  @Override
  public void checkstop(int adapter) {
    change(adapter, before -> before.withCheckstopped(true));
  }

  @Override
  public void arrive(int adapter, AdapterType type, AdapterMode mode) {
    host.change(
        hardware ->
            hardware
                .adapter(AdapterId.of(adapter), Adapter.of(type, mode))
                .adapters(hardware.configuration().adapters().with(adapter)));
  }

  @Override
  public void queue(String apqn, QueueState state) {
    host.change(hardware -> hardware.queue(Apqn.parse(apqn), state));
  }

  @Override
  public FileOrder write(String glob) {
    return order(Moment.BEFORE_WRITE, glob);
  }

  @Override
  public FileOrder read(String glob) {
    return order(Moment.READ, glob);
  }

  private FileOrder order(Moment moment, String glob) {
    return new FileOrder() {
      @Override
      public void refuse(Errno errno) {
        files.order(moment, glob, FileOrders.refusing(errno));
      }

      @Override
      public void refuse(Errno errno, boolean afterwards) {
        if (afterwards && moment == Moment.READ) {
          throw new IllegalArgumentException(
              "a read of " + glob + " is refused before it; allowed afterwards: writes");
        }
        Moment when = afterwards ? Moment.AFTER_WRITE : moment;
        files.order(when, glob, FileOrders.refusing(errno));
      }

      @Override
      public void stallUntil(CountDownLatch latch) {
        files.order(moment, glob, path -> waitFor(latch));
      }
    };
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      FileOrders.refusing(Errno.EINTR).accept("a stalled file");
    }
  }

  @Override
  public Interleaving before(String glob) {
    return action -> files.order(Moment.BEFORE_WRITE, glob, path -> action.run());
  }

  @Override
  public Interleaving after(String glob) {
    return action -> files.order(Moment.AFTER_WRITE, glob, path -> action.run());
  }
}
