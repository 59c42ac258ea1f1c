package org.vfioap.translation.explain;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.translation.files.HostFiles;
import org.vfioap.xml.document.XmlDocument;
import org.vfioap.xml.document.XmlElement;
import org.vfioap.xml.hostdev.Hostdev;
import org.vfioap.xml.verdict.LibvirtRefusal;

/**
 * Who uses an mdev on a running system: what libvirt wrote about its domains, or else the process
 * that holds its group open. Both need the rights to read that.
 *
 * <p>Source: libvirt 9.0 keeps running domains in {@code /run/libvirt/qemu/NAME.xml} and others in
 * {@code /etc/libvirt/qemu/NAME.xml}.
 */
public final class MdevUsers {
  private static final String RUNNING = "/run/libvirt/qemu";
  private static final String DEFINED = "/etc/libvirt/qemu";

  private final HostFiles files;

  private MdevUsers(HostFiles files) {
    this.files = files;
  }

  /** Returns the users on a system. */
  public static MdevUsers of(HostFiles files) {
    return new MdevUsers(files);
  }

  /**
   * Returns who uses an mdev: {@code guest NAME} for a domain, or {@code process PID (program)}.
   */
  public Optional<String> name(String uuid) {
    return domains(RUNNING)
        .filter(name -> mdevs(RUNNING + "/" + name + ".xml").contains(uuid))
        .findFirst()
        .map(name -> "guest " + name)
        .or(() -> holder(uuid));
  }

  private Stream<String> domains(String directory) {
    return list(directory).stream()
        .filter(name -> name.endsWith(".xml"))
        .map(name -> name.substring(0, name.length() - ".xml".length()));
  }

  private List<String> list(String directory) {
    try {
      return files.list(directory);
    } catch (KernelRefusal absent) {
      return List.of();
    }
  }

  /** Returns the UUIDs of the mdevs of a domain: that it uses, or would use when started. */
  public List<String> mdevsOf(String domain) {
    List<String> running = mdevs(RUNNING + "/" + domain + ".xml");
    return running.isEmpty() ? mdevs(DEFINED + "/" + domain + ".xml") : running;
  }

  private List<String> mdevs(String file) {
    try {
      XmlElement root = XmlDocument.parse(files.read(file), file).root();
      XmlElement domain = root.is("domain") ? root : root.first("domain").orElse(root);
      return domain.first("devices").stream()
          .flatMap(XmlElement::elements)
          .filter(Hostdev::describes)
          .map(each -> Hostdev.of(each).uuid().toString())
          .toList();
    } catch (KernelRefusal | LibvirtRefusal unreadable) {
      return List.of();
    }
  }

  private Optional<String> holder(String uuid) {
    Optional<String> group = group(uuid);
    return group.flatMap(
        number ->
            list("/proc").stream()
                .filter(pid -> pid.matches("[0-9]+"))
                .filter(pid -> holds(pid, "/dev/vfio/" + number))
                .findFirst()
                .map(this::process));
  }

  private Optional<String> group(String uuid) {
    return link("/sys/bus/mdev/devices/" + uuid + "/iommu_group")
        .map(text -> text.substring(text.lastIndexOf('/') + 1));
  }

  private Optional<String> link(String path) {
    try {
      return Optional.of(files.readLink(path));
    } catch (KernelRefusal absent) {
      return Optional.empty();
    }
  }

  private boolean holds(String pid, String device) {
    return list("/proc/" + pid + "/fd").stream()
        .anyMatch(fd -> link("/proc/" + pid + "/fd/" + fd).filter(device::equals).isPresent());
  }

  private String process(String pid) {
    try {
      return "process " + pid + " (" + files.read("/proc/" + pid + "/comm").strip() + ")";
    } catch (KernelRefusal ended) {
      return "process " + pid;
    }
  }
}
