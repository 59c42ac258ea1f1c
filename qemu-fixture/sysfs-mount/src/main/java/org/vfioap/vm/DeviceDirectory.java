package org.vfioap.vm;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.vfioap.fuse.Directory;
import org.vfioap.fuse.Node;
import org.vfioap.host.ApHost;

/**
 * A host's /dev: kvm, vfio/vfio, vfio/N for each group, vfio/devices/vfioN for each device where
 * the kernel has that, and the nodes of zcrypt, of which none can be called kvm or vfio.
 */
public final class DeviceDirectory implements Directory {
  private static final String KVM = "kvm";
  private static final String VFIO = "vfio";
  private static final String DEVICES = "devices";

  private final VirtualMachines machines;
  private final Groups groups;
  private final ZcryptDevices zcrypt;
  private final GroupFiles groupFiles = new GroupFiles();
  private final DeviceFiles deviceFiles = new DeviceFiles();

  private DeviceDirectory(ApHost host) {
    machines = VirtualMachines.of(host);
    groups = new Groups(host);
    zcrypt = ZcryptDevices.of(host);
  }

  /** Returns the directory of a host. */
  public static DeviceDirectory of(ApHost host) {
    return new DeviceDirectory(host);
  }

  /** Returns the machines that processes run through these files. */
  public VirtualMachines machines() {
    return machines;
  }

  @Override
  public @Nullable Node child(String name) {
    return switch (name) {
      case KVM -> new DeviceFile(0666, (caller, access) -> new KvmHandle(machines, caller));
      case VFIO -> groupFiles;
      default -> zcrypt.child(name);
    };
  }

  @Override
  public Collection<String> names() {
    Set<String> names = new LinkedHashSet<>(List.of(KVM, VFIO));
    names.addAll(zcrypt.names());
    return names;
  }

  @Override
  public boolean isLasting() {
    return true;
  }

  private DeviceFile group(String number) {
    return new DeviceFile(
        0600, (caller, access) -> GroupHandle.open(groups, number, machines, caller, access));
  }

  /** {@code /dev/vfio/devices}: who opens a device holds it as one that opens its group. */
  private final class DeviceFiles implements Directory {
    @Override
    public @Nullable Node child(String name) {
      return groups.groupOf(name).map(DeviceDirectory.this::group).orElse(null);
    }

    @Override
    public Collection<String> names() {
      return groups.devices();
    }

    @Override
    public boolean isLasting() {
      return true;
    }
  }

  /** {@code /dev/vfio}; the container is only there to be opened. */
  private final class GroupFiles implements Directory {
    @Override
    public @Nullable Node child(String name) {
      if (name.equals(VFIO)) {
        return new DeviceFile(0666, (caller, access) -> DeviceDirectory::refuse);
      }
      if (name.equals(DEVICES)) {
        return groups.hasDevices() ? deviceFiles : null;
      }
      return groups.exists(name) ? group(name) : null;
    }

    @Override
    public Collection<String> names() {
      List<String> names = new ArrayList<>(groups.numbers());
      names.add(VFIO);
      if (groups.hasDevices()) {
        names.add(DEVICES);
      }
      return names;
    }

    /** None, without a look at each, of which there may be thousands. */
    @Override
    public int directories() {
      return 0;
    }

    @Override
    public boolean isLasting() {
      return true;
    }
  }

  private static void refuse(String line) {
    throw DeviceFile.invalid(line);
  }
}
