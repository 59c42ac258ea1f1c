package org.vfioap.xml.hostdev;

import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlRootElement;
import jakarta.xml.bind.annotation.XmlType;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.vfioap.xml.binding.Binding;
import org.vfioap.xml.document.Indentation;
import org.vfioap.xml.document.XmlDocument;
import org.vfioap.xml.document.XmlElement;
import org.vfioap.xml.hostdev.HostdevParts.Acpi;
import org.vfioap.xml.hostdev.HostdevParts.Alias;
import org.vfioap.xml.hostdev.HostdevParts.Boot;
import org.vfioap.xml.hostdev.HostdevParts.Driver;
import org.vfioap.xml.hostdev.HostdevParts.Flag;
import org.vfioap.xml.hostdev.HostdevParts.Rom;
import org.vfioap.xml.hostdev.HostdevParts.Source;
import org.vfioap.xml.hostdev.HostdevParts.SourceAddress;
import org.vfioap.xml.verdict.LibvirtRefusal;

/**
 * A mediated device of a guest: {@code <hostdev mode='subsystem' type='mdev'>}. Immutable.
 *
 * <p>{@link #print} gives what libvirt shows of it: defaults filled in, the UUID in lower case,
 * elements in libvirt's order, and without what libvirt does not keep. Source:
 * src/conf/domain_conf.c of libvirt 9.0, and what {@code virsh attach-device} and {@code dumpxml}
 * answer.
 */
@XmlRootElement(name = "hostdev")
@XmlAccessorType(XmlAccessType.FIELD)
@XmlType(
    propOrder = {
      "driver",
      "source",
      "readonly",
      "shareable",
      "boot",
      "alias",
      "rom",
      "acpi",
      "address"
    })
public final class Hostdev {
  private static final String USER_ALIAS = "ua-[A-Za-z0-9_-]*";

  @XmlAttribute String mode = "subsystem";
  @XmlAttribute String type = "mdev";
  @XmlAttribute private @Nullable String managed;
  @XmlAttribute private @Nullable MdevModel model;
  @XmlAttribute private @Nullable String display;
  @XmlAttribute private @Nullable String ramfb;

  private @Nullable Driver driver;
  private @Nullable Source source;
  private @Nullable Flag readonly;
  private @Nullable Flag shareable;
  private @Nullable Boot boot;
  private @Nullable Alias alias;
  private @Nullable Rom rom;
  private @Nullable Acpi acpi;
  private @Nullable GuestAddress address;

  private Hostdev() {}

  /** JAXB is slow to start, so it starts when it is needed. */
  private static final class Lazy {
    static final Binding<Hostdev> BINDING = Binding.of(Hostdev.class);
  }

  /** Returns a crypto matrix: {@code model='vfio-ap'}, not managed, without alias. */
  public static Hostdev vfioAp(UUID uuid) {
    Hostdev hostdev = new Hostdev();
    hostdev.managed = "no";
    hostdev.model = MdevModel.VFIO_AP;
    hostdev.source = new Source();
    hostdev.source.address = new SourceAddress();
    hostdev.source.address.uuid = uuid;
    return hostdev;
  }

  /**
   * Reads a document that is a hostdev.
   *
   * @throws LibvirtRefusal if libvirt would refuse it, or it is another kind of hostdev
   */
  public static Hostdev parse(XmlDocument document) {
    return of(document.root());
  }

  /** Reads an element as {@link #parse}. */
  public static Hostdev of(XmlElement element) {
    HostdevRules.check(element);
    Hostdev hostdev = Lazy.BINDING.read(FirstOfEach.in(element));
    hostdev.managed = "yes".equals(hostdev.managed) ? "yes" : "no";
    return hostdev;
  }

  /** Tells whether an element is a hostdev of this kind; another is not looked into. */
  public static boolean describes(XmlElement element) {
    return element.is("hostdev")
        && element.attribute("mode").orElse("subsystem").equals("subsystem")
        && element.attribute("type").equals(Optional.of("mdev"));
  }

  /** Returns the UUID of the mdev. */
  public UUID uuid() {
    if (source == null || source.address == null || source.address.uuid == null) {
      throw new IllegalStateException("a hostdev has an address");
    }
    return source.address.uuid;
  }

  /** Returns which API the mdev has. */
  public MdevModel model() {
    return Optional.ofNullable(model).orElseThrow();
  }

  /** Tells whether {@code managed='yes'} is written; libvirt ignores it for an mdev. */
  public boolean isManaged() {
    return "yes".equals(managed);
  }

  /** Returns {@code display}, {@code on} or {@code off}. */
  public Optional<String> display() {
    return Optional.ofNullable(display);
  }

  /** Returns {@code ramfb}, {@code on} or {@code off}. */
  public Optional<String> ramfb() {
    return Optional.ofNullable(ramfb);
  }

  /** Returns the alias, which is the id of the device in QEMU. */
  public Optional<String> alias() {
    return Optional.ofNullable(alias).map(each -> each.name);
  }

  /** Returns the boot order, from 1. */
  public OptionalLong bootOrder() {
    return boot == null || boot.order == null ? OptionalLong.empty() : OptionalLong.of(boot.order);
  }

  /** Returns where the device stands in the guest. */
  public Optional<GuestAddress> address() {
    return Optional.ofNullable(address);
  }

  /**
   * Tells whether the alias is one that a user may choose: {@code ua-}, then letters, digits,
   * {@code _} and {@code -}.
   */
  public boolean hasUserAlias() {
    return alias().filter(name -> name.matches(USER_ALIAS)).isPresent();
  }

  /** Returns the same device with another alias. */
  public Hostdev withAlias(String name) {
    Hostdev changed = copy();
    changed.alias = new Alias();
    changed.alias.name = name;
    return changed;
  }

  /**
   * Returns the device as it is kept in a configuration: an alias of libvirt's own, {@code driver},
   * {@code shareable} and {@code readonly} are dropped, and from a crypto matrix the address, too.
   */
  public Hostdev asConfigured() {
    Hostdev changed = copy();
    changed.driver = null;
    changed.readonly = null;
    changed.shareable = null;
    if (!hasUserAlias()) {
      changed.alias = null;
    }
    if (model == MdevModel.VFIO_AP) {
      changed.address = null;
    }
    return changed;
  }

  private Hostdev copy() {
    Hostdev copy = new Hostdev();
    copy.managed = managed;
    copy.model = model;
    copy.display = display;
    copy.ramfb = ramfb;
    copy.driver = driver;
    copy.source = source;
    copy.readonly = readonly;
    copy.shareable = shareable;
    copy.boot = boot;
    copy.alias = alias;
    copy.rom = rom;
    copy.acpi = acpi;
    copy.address = address;
    return copy;
  }

  /** Returns the device as an element without white space. */
  public XmlElement toElement() {
    return Lazy.BINDING.write(this);
  }

  /** Returns the device as a document in libvirt's style. */
  public String print() {
    return XmlDocument.of(Indentation.of(toElement())).print();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Hostdev hostdev && toElement().equals(hostdev.toElement());
  }

  @Override
  public int hashCode() {
    return uuid().hashCode();
  }

  @Override
  public String toString() {
    return toElement().toString();
  }
}
