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
 * A host's /dev: kvm, vfio/vfio, vfio/N for each group, and the nodes of zcrypt, of which none can
 * be called kvm or vfio.
 */
public final class DeviceDirectory implements Directory {
  private static final String KVM = "kvm";
  private static final String VFIO = "vfio";

  private final VirtualMachines machines;
  private final Groups groups;
  private final ZcryptDevices zcrypt;
  private final GroupFiles groupFiles = new GroupFiles();

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

  /** {@code /dev/vfio}; the container is only there to be opened. */
  private final class GroupFiles implements Directory {
    @Override
    public @Nullable Node child(String name) {
      if (name.equals(VFIO)) {
        return new DeviceFile(0666, (caller, access) -> DeviceDirectory::refuse);
      }
      return groups.exists(name)
          ? new DeviceFile(
              0600, (caller, access) -> GroupHandle.open(groups, name, machines, caller, access))
          : null;
    }

    @Override
    public Collection<String> names() {
      List<String> names = new ArrayList<>(groups.numbers());
      names.add(VFIO);
      return names;
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
