package org.vfioap.xml.domain;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.vfioap.xml.cpu.Cpu;
import org.vfioap.xml.document.XmlElement;
import org.vfioap.xml.document.XmlNode;
import org.vfioap.xml.hostdev.Hostdev;
import org.vfioap.xml.hostdev.HostdevRules;
import org.vfioap.xml.hostdev.MdevModel;
import org.vfioap.xml.hostdev.UnsignedText;
import org.vfioap.xml.hostdev.UuidText;
import org.vfioap.xml.verdict.LibvirtError;

/**
 * What libvirt checks in the typed parts of a domain, in its order. Source: src/conf/domain_conf.c
 * and src/qemu/qemu_validate.c of libvirt 9.0, and recorded answers of {@code virsh define}.
 */
final class DomainRules {
  private static final List<String> VIRT_TYPES =
      List.of(
          "qemu",
          "kqemu",
          "kvm",
          "xen",
          "lxc",
          "uml",
          "openvz",
          "test",
          "vmware",
          "hyperv",
          "vbox",
          "phyp",
          "parallels",
          "bhyve",
          "vz",
          "hvf");
  private static final Set<String> ROOT_PARTS =
      Set.of("name", "uuid", "memory", "memtune", "vcpu", "os", "devices");
  private static final Set<String> CONTAINERS = Set.of("memtune", "os", "devices");
  private static final Set<String> INNER_PARTS = Set.of("hard_limit", "type", "emulator");

  private DomainRules() {}

  /** Returns the element without what {@link DomainParts} has no place for. */
  static XmlElement withoutRest(XmlElement domain) {
    List<XmlNode> kept =
        firstOfEach(domain, ROOT_PARTS)
            .map(
                each ->
                    !CONTAINERS.contains(each.name())
                        ? (XmlNode) each.withTextOnly()
                        : each.withChildren(
                            firstOfEach(each, INNER_PARTS)
                                .map(inner -> (XmlNode) inner.withTextOnly())
                                .toList()))
            .toList();
    return new XmlElement("domain", "", domain.attributes(), kept, domain.position());
  }

  private static Stream<XmlElement> firstOfEach(XmlElement parent, Set<String> names) {
    return names.stream().map(parent::first).flatMap(Optional::stream);
  }

  static void check(XmlElement domain) {
    if (!domain.localName().equals("domain")) {
      throw domain.refusal(
          LibvirtError.XML_ERROR,
          "expecting root element of 'domain', not '" + domain.localName() + "'");
    }
    String name = text(domain, "name");
    if (name.isEmpty()) {
      throw domain.refusal(LibvirtError.NO_NAME, "");
    }
    checkUuid(domain);
    checkType(domain);
    AmountRules.checkMemory(domain);
    AmountRules.checkMemtune(domain);
    checkVcpu(domain);
    domain.first("cpu").ifPresent(Cpu::of);
    matrices(domain).forEach(HostdevRules::checkSyntax);
    if (name.contains("/")) {
      throw domain.refusal(LibvirtError.XML_ERROR, "name " + name + " cannot contain '/'");
    }
    AmountRules.checkMemoryIsGiven(domain);
    checkVcpuCount(domain);
    matrices(domain).forEach(HostdevRules::checkSupport);
    checkOneMatrix(domain);
    checkTwins(domain);
  }

  static String text(XmlElement parent, String child) {
    return parent.first(child).map(XmlElement::text).orElse("");
  }

  private static void checkType(XmlElement domain) {
    String type = domain.attribute("type").orElse("");
    if (type.isEmpty()) {
      throw domain
          .refusal(LibvirtError.INTERNAL_ERROR, "missing domain type attribute")
          .withHint("write type='kvm'");
    }
    if (!VIRT_TYPES.contains(type)) {
      throw domain
          .refusal(LibvirtError.CONFIG_UNSUPPORTED, "invalid domain type " + type)
          .withHint("allowed: " + String.join(", ", VIRT_TYPES));
    }
  }

  private static void checkUuid(XmlElement domain) {
    String uuid = text(domain, "uuid");
    if (!uuid.isEmpty() && UuidText.read(uuid).isEmpty()) {
      throw domain
          .first("uuid")
          .orElseThrow()
          .refusal(LibvirtError.INTERNAL_ERROR, "malformed uuid element")
          .withHint("it is '" + uuid + "'");
    }
  }

  private static void checkVcpu(XmlElement domain) {
    Optional<XmlElement> vcpu = domain.first("vcpu");
    if (vcpu.isPresent() && UnsignedText.read(vcpu.get().text(), 10).isEmpty()) {
      throw vcpu.get()
          .refusal(LibvirtError.XML_ERROR, "maximum vcpus count must be an integer")
          .withHint("it is '" + vcpu.get().text() + "'");
    }
  }

  /** libvirt puts all CPUs into a NUMA cell of its own making, and so says it that way. */
  private static void checkVcpuCount(XmlElement domain) {
    if (text(domain, "vcpu").strip().matches("\\+?0+")) {
      throw domain
          .first("vcpu")
          .orElseThrow()
          .refusal(LibvirtError.INTERNAL_ERROR, "CPU IDs in <numa> exceed the <vcpu> count")
          .withHint("at least 1");
    }
  }

  private static List<XmlElement> matrices(XmlElement domain) {
    return domain
        .first("devices")
        .map(devices -> devices.elements().filter(Hostdev::describes).toList())
        .orElse(List.of());
  }

  private static void checkOneMatrix(XmlElement domain) {
    List<XmlElement> found =
        matrices(domain).stream()
            .filter(each -> Hostdev.of(each).model() == MdevModel.VFIO_AP)
            .toList();
    if (found.size() > 1) {
      throw found
          .get(1)
          .refusal(
              LibvirtError.CONFIG_UNSUPPORTED, "Only one hostdev of model vfio-ap is supported")
          .withHint("assign all adapters and domains to one mdev");
    }
  }

  private static void checkTwins(XmlElement domain) {
    Set<UUID> uuids = new HashSet<>();
    for (XmlElement each : matrices(domain)) {
      if (!uuids.add(Hostdev.of(each).uuid())) {
        throw each.refusal(
            LibvirtError.XML_ERROR, "Hostdev already exists in the domain configuration");
      }
    }
  }
}
