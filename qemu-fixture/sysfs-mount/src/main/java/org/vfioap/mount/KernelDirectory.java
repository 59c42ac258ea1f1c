package org.vfioap.mount;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.vfioap.fuse.Directory;
import org.vfioap.fuse.Node;
import org.vfioap.fuse.OpenedFile;
import org.vfioap.fuse.RegularFile;
import org.vfioap.host.ApHost;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.kernel.LogLine;
import org.vfioap.sysfs.SysfsTree.Access;
import org.vfioap.vm.FirstProcess;
import org.vfioap.vm.VirtualMachine;

/**
 * What programs ask a Linux for by system calls that cannot be redirected, as files: {@code
 * modules} is /proc/modules, {@code load} and {@code unload} take the name of a module as
 * finit_module(2) and delete_module(2) do, {@code log} is the kernel log as dmesg(1) prints it,
 * {@code init} is the first process, {@code guests} describes its guests, and in a guest {@code
 * disk} is what the files are called that outlive its reboots.
 */
final class KernelDirectory implements Directory {
  private static final String VFIO_AP = "vfio_ap";
  private static final String MODULES = "/sys/module";

  private final ApHost host;
  private final Map<String, Node> files = new TreeMap<>();

  /**
   * Makes it for a Linux.
   *
   * @param machine what it runs in; null if it is the machine's own
   * @param guests describes its guests for a thread that asks
   */
  KernelDirectory(
      ApHost host,
      @Nullable VirtualMachine machine,
      FirstProcess first,
      IntFunction<String> guests) {
    this.host = host;
    if (machine != null) {
      files.put("disk", new Text(reader -> machine.disk() + "\n"));
      files.put("power", new Command(machine::ask));
    }
    files.put("guests", new Text(guests));
    files.put("init", first);
    files.put("modules", new Text(reader -> modules()));
    files.put("log", new Text(reader -> log()));
    files.put("load", new Command(this::load));
    files.put("unload", new Command(this::unload));
  }

  /** The size is that of a page times what a module of its kind has; nobody reads it. */
  private String modules() {
    boolean loaded = host.sysfs().exists(MODULES + "/" + VFIO_AP);
    long users = host.mdevs().stream().filter(mdev -> mdev.open()).count();
    return host.sysfs().list(MODULES).stream()
        .map(name -> line(name, name.equals(VFIO_AP) ? users : 0, loaded))
        .collect(Collectors.joining());
  }

  private static String line(String name, long users, boolean vfioAp) {
    boolean needed = vfioAp && List.of("mdev", "vfio").contains(name);
    return String.format(
        "%s 32768 %d %s Live 0x0000000000000000%n",
        name, needed ? 1 : users, needed ? VFIO_AP + "," : "-");
  }

  private String log() {
    return host.log().lines().stream()
        .map(LogLine::toString)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private void load(String module) {
    if (!module.equals(VFIO_AP)) {
      throw KernelRefusal.of(Errno.ENOENT, "there is no module " + module);
    }
    host.loadVfioAp();
  }

  private void unload(String module) {
    if (!module.equals(VFIO_AP)) {
      throw KernelRefusal.of(Errno.ENOENT, "there is no module " + module);
    }
    host.unloadVfioAp();
  }

  @Override
  public @Nullable Node child(String name) {
    return files.get(name);
  }

  @Override
  public Collection<String> names() {
    return files.keySet();
  }

  @Override
  public boolean isLasting() {
    return true;
  }

  /** A file to read; what it says to a thread is asked when that opens it. */
  private record Text(IntFunction<String> content) implements RegularFile {
    @Override
    public int mode() {
      return 0444;
    }

    @Override
    public long size() {
      return 0;
    }

    @Override
    public OpenedFile open(Access access, int thread) {
      byte[] bytes = content.apply(thread).getBytes(StandardCharsets.UTF_8);
      return new OpenedFile() {
        @Override
        public byte[] read(long offset, int size) {
          int from = (int) Math.min(offset, bytes.length);
          return Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + size));
        }

        @Override
        public int write(byte[] data) {
          throw KernelRefusal.of(Errno.EIO, "the file is only read");
        }
      };
    }
  }

  /** A file to write a word to. */
  private record Command(Consumer<String> action) implements RegularFile {
    @Override
    public int mode() {
      return 0200;
    }

    @Override
    public long size() {
      return 0;
    }

    @Override
    public OpenedFile open(Access access, int thread) {
      return new OpenedFile() {
        @Override
        public byte[] read(long offset, int size) {
          throw KernelRefusal.of(Errno.EIO, "the file is only written");
        }

        @Override
        public int write(byte[] data) {
          action.accept(new String(data, StandardCharsets.UTF_8).strip());
          return data.length;
        }
      };
    }
  }
}
