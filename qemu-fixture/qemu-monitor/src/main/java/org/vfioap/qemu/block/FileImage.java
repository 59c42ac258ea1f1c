package org.vfioap.qemu.block;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.qapi.QemuError;

/** A file or device of the host. Source: block/file-posix.c of QEMU 7.2. */
final class FileImage implements NodeImage {
  private final String driver;
  private final HostFile file;
  private final ImageLock lock;

  FileImage(String driver, HostFile file, ImageLock lock) {
    this.driver = driver;
    this.file = file;
    this.lock = lock;
  }

  @Override
  public String driver() {
    return driver;
  }

  @Override
  public long size() {
    try {
      return NodeImage.sectors(file.channel().size());
    } catch (IOException unreadable) {
      return 0;
    }
  }

  @Override
  public long allocated() {
    return file.allocated();
  }

  @Override
  public Optional<String> filename() {
    return Optional.of(file.name());
  }

  @Override
  public JsonObject identity() {
    return JsonObject.of("driver", driver).with("filename", file.name());
  }

  @Override
  public void describe(JsonObject image) {
    image.with("dirty-flag", false);
  }

  @Override
  public void count(JsonObject statistics) {
    statistics.with(
        "driver-specific",
        JsonObject.of("driver", driver)
            .with("discard-nb-ok", 0)
            .with("discard-nb-failed", 0)
            .with("discard-bytes-ok", 0));
  }

  @Override
  public void permit(int wanted, int shared) throws QemuError {
    lock.change(wanted, shared);
  }

  /** Returns the first bytes; fewer if there are no more. */
  ByteBuffer start(int bytes) {
    ByteBuffer start = ByteBuffer.allocate(bytes);
    try {
      FileChannel channel = file.channel();
      while (start.hasRemaining() && channel.read(start, start.position()) > 0) {
        // Until all is read or there is no more.
      }
    } catch (IOException unreadable) {
      start.clear().limit(0);
      return start;
    }
    return start.flip();
  }

  /** Writes a number of eight bytes, the most significant first. */
  void write(long number, long at) throws QemuError {
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).putLong(number).flip();
    try {
      file.channel().write(bytes, at);
    } catch (IOException refused) {
      throw QemuError.generic("Failed to update the image size: " + refused.getMessage());
    }
  }

  @Override
  public void resize(long size) throws QemuError {
    QemuError.require(driver.equals("file"), "Cannot grow device files");
    file.resize(size);
  }

  @Override
  public void close() {
    lock.close();
    file.close();
  }
}
