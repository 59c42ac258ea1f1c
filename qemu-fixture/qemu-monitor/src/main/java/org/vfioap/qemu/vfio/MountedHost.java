package org.vfioap.qemu.vfio;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.vfioap.qemu.cpu.Accelerator;

/**
 * The host as its files show it: links below {@code /sys} and {@code /dev/vfio/N}. Holding the
 * group's file open is holding the device, so that the death of the process lets go of it.
 */
public final class MountedHost implements VfioHost {
  private static final int ENOENT = 2;
  private static final int EIO = 5;
  private static final int EACCES = 13;
  private static final int EBUSY = 16;
  private static final int ENODEV = 19;
  private static final int EINVAL = 22;

  private final Path root;

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
      throw HostRefusal.errno(EINVAL);
    } catch (IOException | InvalidPathException unreadable) {
      throw refusal(unreadable);
    }
  }

  private static HostRefusal refusal(Exception cause) {
    String text = String.valueOf(cause.getMessage());
    if (cause instanceof NoSuchFileException || cause instanceof InvalidPathException) {
      return HostRefusal.errno(ENOENT);
    }
    if (cause instanceof AccessDeniedException) {
      return HostRefusal.errno(EACCES);
    }
    String reason =
        cause instanceof FileSystemException system ? String.valueOf(system.getReason()) : text;
    return HostRefusal.errno(errno(reason));
  }

  private static int errno(String reason) {
    for (int number = 1; number < 126; number++) {
      if (reason.contains(ErrnoText.of(number))) {
        return number;
      }
    }
    return EIO;
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

  /** The group's file; the container is needed, its ioctls always work. */
  private final class OpenGroup implements VfioGroup {
    private final FileChannel file;

    OpenGroup(FileChannel file) {
      this.file = file;
    }

    @Override
    public void perform(VfioStep step, String device) throws HostRefusal {
      if (step == VfioStep.OPEN_CONTAINER && !Files.exists(root.resolve("dev/vfio/vfio"))) {
        throw HostRefusal.errno(ENOENT);
      }
      if (step == VfioStep.GET_DEVICE && device.isEmpty()) {
        throw HostRefusal.errno(ENODEV);
      }
      if (!file.isOpen()) {
        throw HostRefusal.errno(EBUSY);
      }
    }

    @Override
    public void close() {
      try {
        file.close();
      } catch (IOException alreadyGone) {
        throw new java.io.UncheckedIOException(alreadyGone);
      }
    }
  }
}
