package org.vfioap.qemu.vfio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.vfioap.qemu.cpu.Accelerator;
import org.vfioap.qemu.host.Errno;

/**
 * The host as its files show it: links below {@code /sys} and {@code /dev/vfio/N}. Holding the
 * group's file open is holding the device, so that the death of the process lets go of it; and
 * holding {@code /dev/kvm} open is being a virtual machine.
 */
public final class MountedHost implements VfioHost {
  private static final int LONGEST_ANSWER = 64;

  private final Path root;
  private @Nullable FileChannel kvm;
  private boolean secure;

  private MountedHost(Path root) {
    this.root = root;
  }

  /** Returns the host whose files are below {@code root}, usually {@code /}. */
  public static MountedHost at(Path root) {
    return new MountedHost(root);
  }

  @Override
  public String iommuGroupLink(String sysfsdev) throws HostRefusal {
    boolean absolute = sysfsdev.startsWith("/");
    return readLink(absolute ? root.resolve(sysfsdev.substring(1)).toString() : sysfsdev);
  }

  static String readLink(String sysfsdev) throws HostRefusal {
    try {
      return Files.readSymbolicLink(Path.of(sysfsdev + "/iommu_group")).toString();
    } catch (NotLinkException notALink) {
      throw HostRefusal.errno(Errno.EINVAL.number());
    } catch (IOException | InvalidPathException unreadable) {
      throw refusal(unreadable);
    }
  }

  static void stat(String path) throws HostRefusal {
    try {
      Files.readAttributes(Path.of(path), "size");
    } catch (IOException | InvalidPathException absent) {
      throw refusal(absent);
    }
  }

  static Optional<String> firstNode(String sysfsdev) throws HostRefusal {
    try (Stream<Path> nodes = Files.list(Path.of(sysfsdev + "/vfio-dev"))) {
      return nodes
          .map(node -> node.getFileName().toString())
          .filter(name -> name.startsWith("vfio"))
          .findFirst();
    } catch (IOException | InvalidPathException unreadable) {
      throw refusal(unreadable);
    }
  }

  private static HostRefusal refusal(Exception cause) {
    Errno reason = cause instanceof IOException failure ? Errno.of(failure) : Errno.ENOENT;
    return HostRefusal.errno(reason.number());
  }

  @Override
  public VfioGroup openGroup(int group) throws HostRefusal {
    Path file = root.resolve("dev/vfio/" + group);
    try {
      return new OpenGroup(
          FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE));
    } catch (IOException refused) {
      throw refusal(refused);
    }
  }

  @Override
  public Accelerator tcg() {
    return Accelerator.tcg(Set.of());
  }

  @Override
  public Optional<Accelerator> kvm() {
    Path bus = root.resolve("sys/bus/ap");
    if (!Files.isDirectory(bus)) {
      return Optional.empty();
    }
    Set<String> features = new HashSet<>(Set.of("ap", "apft"));
    if (!attribute(bus, "ap_control_domain_mask").contains("not supported")) {
      features.add("apqci");
    }
    if (!attribute(bus, "ap_interrupts").equals("0")) {
      features.add("apqi");
    }
    return Optional.of(Accelerator.kvm("gen16a", features));
  }

  private static String attribute(Path bus, String name) {
    try {
      return Files.readString(bus.resolve(name)).strip();
    } catch (IOException absent) {
      return "";
    }
  }

  @Override
  public void secureExecution() {
    secure = true;
  }

  /** Real devices are no regular files; they know nothing of this guest. */
  @Override
  public void guestRuns(String name, String uuid, Supplier<Set<String>> features) {
    Path file = root.resolve("dev/kvm");
    if (!Files.isRegularFile(file)) {
      return;
    }
    String guest = name.isBlank() ? "guest" : name.replaceAll("[/\\p{Cntrl}]", "_");
    String list = features.get().stream().sorted().collect(Collectors.joining(","));
    String start =
        " " + (secure ? (list + ",pv").replaceFirst("^,", "") : list.isEmpty() ? "-" : list);
    try {
      kvm = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (!uuid.isEmpty()) {
        write(kvm, "uuid " + uuid);
      }
      try {
        write(kvm, "vm " + guest + start);
      } catch (IOException takenName) {
        write(kvm, "vm " + guest + "-" + ProcessHandle.current().pid() + start);
      }
    } catch (IOException noSuchDevice) {
      // Then nobody asks for a list of guests either.
      kvm = null;
    }
  }

  @Override
  public void watchGuest(Consumer<String> listener) {
    if (kvm != null) {
      new DeviceWatch("guest", kvm, listener).start();
    }
  }

  @Override
  public void guestBoots() {
    try {
      if (kvm != null) {
        write(kvm, "reset");
      }
    } catch (IOException hostIsGone) {
      kvm = null;
    }
  }

  private static void write(FileChannel file, String line) throws IOException {
    file.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * The group's file: what a driver does by ioctl is a line that is written to it. The container is
   * needed, its ioctls always work.
   */
  private final class OpenGroup implements VfioGroup {
    private final FileChannel file;
    private boolean watched;

    OpenGroup(FileChannel file) {
      this.file = file;
    }

    /** The line {@code info} is VFIO_DEVICE_GET_INFO; its answer is {@code irqs NUMBER}. */
    @Override
    public int interrupts() {
      ByteBuffer answer = ByteBuffer.allocate(LONGEST_ANSWER);
      try {
        write(file, "info");
        file.read(answer, 0);
        String text = new String(answer.array(), 0, answer.position(), StandardCharsets.UTF_8);
        return text.startsWith("irqs ") ? Integer.parseInt(text.substring(5).strip()) : 0;
      } catch (IOException | NumberFormatException unknown) {
        return 0;
      }
    }

    /** The line {@code watch} is VFIO_DEVICE_SET_IRQS; reading then waits for the signal. */
    @Override
    public void onRequest(Runnable listener) {
      try {
        write(file, "watch");
        watched = true;
        new DeviceWatch("vfio request", file, word -> listener.run()).start();
      } catch (IOException refused) {
        watched = false;
      }
    }

    @Override
    public void perform(VfioStep step, String device) throws HostRefusal {
      if (step == VfioStep.OPEN_CONTAINER && !Files.exists(root.resolve("dev/vfio/vfio"))) {
        throw HostRefusal.errno(Errno.ENOENT.number());
      }
      if (step == VfioStep.GET_DEVICE && device.isEmpty()) {
        throw HostRefusal.errno(Errno.ENODEV.number());
      }
      try {
        if (step == VfioStep.GET_DEVICE) {
          write(file, "device " + device);
        } else if (step == VfioStep.DEVICE_RESET) {
          write(file, "reset");
        }
      } catch (IOException refused) {
        throw refusal(refused);
      }
    }

    @Override
    public void close() {
      try {
        if (watched) {
          write(file, "unwatch");
        }
        file.close();
      } catch (IOException alreadyGone) {
        throw new java.io.UncheckedIOException(alreadyGone);
      }
    }
  }
}
