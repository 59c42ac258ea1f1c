package org.vfioap.mount;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.stream.Stream;
import org.vfioap.host.ApHost;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.scenario.ScenarioFiles;
import org.vfioap.sysfs.OpenFile.Shown;
import org.vfioap.sysfs.SysfsTree.Access;

/** The files of a scenario's machine through open(2), read(2) and write(2). */
final class MountedFiles implements ScenarioFiles {
  private static final int MORE_THAN_A_PAGE = 10_000;

  private final ApHost host;
  private final MountedMachine machine;

  private MountedFiles(ApHost host, MountedMachine machine) {
    this.host = host;
    this.machine = machine;
  }

  static MountedFiles of(ApHost host, Path directory) {
    return new MountedFiles(host, MountedMachine.of(host, directory));
  }

  /** How much the attribute had to say cannot be read, so that is asked of the machine. */
  @Override
  public Shown read(String path) {
    ByteBuffer buffer = ByteBuffer.allocate(MORE_THAN_A_PAGE);
    perform(path, StandardOpenOption.READ, file -> file.read(buffer));
    byte[] bytes = Arrays.copyOf(buffer.array(), buffer.position());
    return new Shown(bytes, host.sysfs().open(path, Access.READ).read().produced());
  }

  @Override
  public int write(String path, byte[] bytes) {
    return perform(path, StandardOpenOption.WRITE, file -> file.write(ByteBuffer.wrap(bytes)));
  }

  private interface Call {
    int on(FileChannel file) throws IOException;
  }

  private int perform(String path, OpenOption option, Call call) {
    Path file = machine.mount().directory().resolve(path.substring(1));
    try (FileChannel channel = FileChannel.open(file, option)) {
      return call.on(channel);
    } catch (IOException refused) {
      throw KernelRefusal.of(errno(refused), path);
    }
  }

  /** The JDK tells the number only as a text, and some as a type. */
  private static Errno errno(IOException refused) {
    if (refused instanceof NoSuchFileException) {
      return Errno.ENOENT;
    }
    if (refused instanceof AccessDeniedException) {
      return Errno.EACCES;
    }
    String text = String.valueOf(refused.getMessage());
    return Stream.of(Errno.values())
        .filter(errno -> text.endsWith(errno.text()))
        .findFirst()
        .orElse(Errno.EINTR);
  }

  @Override
  public void close() {
    machine.close();
  }
}
