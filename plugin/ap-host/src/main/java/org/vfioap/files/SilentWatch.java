package org.vfioap.files;

import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A watch of directories of which nothing is told, as inotify tells nothing of sysfs. */
final class SilentWatch implements WatchService {
  private final CountDownLatch closed = new CountDownLatch(1);

  WatchKey register(Path directory) {
    checkOpen();
    return new Key(directory);
  }

  private void checkOpen() {
    if (closed.getCount() == 0) {
      throw new ClosedWatchServiceException();
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }

  @Override
  public @Nullable WatchKey poll() {
    checkOpen();
    return null;
  }

  @Override
  public @Nullable WatchKey poll(long timeout, TimeUnit unit) throws InterruptedException {
    if (closed.await(timeout, unit)) {
      throw new ClosedWatchServiceException();
    }
    return null;
  }

  @Override
  public WatchKey take() throws InterruptedException {
    closed.await();
    throw new ClosedWatchServiceException();
  }

  /** A registration. */
  private static final class Key implements WatchKey {
    private final Path directory;
    private volatile boolean valid = true;

    Key(Path directory) {
      this.directory = directory;
    }

    @Override
    public boolean isValid() {
      return valid;
    }

    @Override
    public List<WatchEvent<?>> pollEvents() {
      return List.of();
    }

    @Override
    public boolean reset() {
      return valid;
    }

    @Override
    public void cancel() {
      valid = false;
    }

    @Override
    public Path watchable() {
      return directory;
    }
  }
}
