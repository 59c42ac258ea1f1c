package org.vfioap.xml.domain;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.vfioap.xml.binding.Binding;
import org.vfioap.xml.cpu.Cpu;
import org.vfioap.xml.document.XmlDocument;
import org.vfioap.xml.document.XmlElement;
import org.vfioap.xml.hostdev.Hostdev;
import org.vfioap.xml.hostdev.UuidText;
import org.vfioap.xml.verdict.LibvirtRefusal;

/**
 * A domain: a document of which some parts are typed and all is kept. Immutable.
 *
 * <p>{@link #print} gives the document that was read; a change touches the changed elements only.
 */
public final class Domain {
  private final XmlDocument document;
  private final DomainParts parts;

  private Domain(XmlDocument document, DomainParts parts) {
    this.document = document;
    this.parts = parts;
  }

  /** JAXB is slow to start, so it starts when it is needed. */
  private static final class Lazy {
    static final Binding<DomainParts> BINDING = Binding.of(DomainParts.class);
  }

  /**
   * Reads a document.
   *
   * @throws LibvirtRefusal if libvirt would refuse to define it because of a part that is typed
   *     here
   */
  public static Domain parse(XmlDocument document) {
    DomainRules.check(document.root());
    return of(document);
  }

  private static Domain of(XmlDocument document) {
    return new Domain(document, Lazy.BINDING.read(DomainRules.withoutRest(document.root())));
  }

  /** Returns the whole document. */
  public XmlDocument document() {
    return document;
  }

  /** Returns the name. */
  public String name() {
    return Optional.ofNullable(parts.name).orElseThrow();
  }

  private static Optional<String> given(@Nullable String text) {
    return Optional.ofNullable(text).filter(each -> !each.isEmpty());
  }

  /** Returns the UUID, if one is written. */
  public Optional<UUID> uuid() {
    return given(parts.uuid).flatMap(UuidText::read);
  }

  /** Returns the hypervisor: {@code kvm}, {@code qemu}. */
  public String virtType() {
    return Optional.ofNullable(parts.type).orElseThrow();
  }

  /** Returns the number of a running domain. */
  public Optional<String> id() {
    return given(parts.id);
  }

  /** Returns the architecture, if it is written. */
  public Optional<String> architecture() {
    return osType().flatMap(type -> given(type.arch));
  }

  /** Returns the machine type, if it is written. */
  public Optional<String> machineType() {
    return osType().flatMap(type -> given(type.machine));
  }

  private Optional<DomainParts.OsType> osType() {
    return Optional.ofNullable(parts.os).flatMap(os -> Optional.ofNullable(os.type));
  }

  /** Returns the memory in KiB, if it is written. */
  public OptionalLong memoryKib() {
    return kib(parts.memory);
  }

  /** Returns the number of virtual CPUs. */
  public long vcpus() {
    return given(parts.vcpu).map(text -> Long.parseLong(text.strip())).orElse(1L);
  }

  /** Returns {@code <hard_limit>} in KiB: how much memory QEMU may use and lock. */
  public OptionalLong hardLimitKib() {
    return parts.memtune == null ? OptionalLong.empty() : kib(parts.memtune.hardLimit);
  }

  private static OptionalLong kib(@Nullable Amount amount) {
    return amount != null && amount.isWritten()
        ? OptionalLong.of(amount.kib())
        : OptionalLong.empty();
  }

  /** Returns the CPU, if one is described. */
  public Optional<Cpu> cpu() {
    return document.root().first("cpu").map(Cpu::of);
  }

  /** Returns the program that emulates the domain. */
  public Optional<String> emulator() {
    return parts.devices == null ? Optional.empty() : given(parts.devices.emulator);
  }

  /** Returns the mediated devices, in order; other hostdevs are kept in the document only. */
  public List<Hostdev> hostdevs() {
    return document
        .root()
        .first("devices")
        .map(devices -> devices.elements().filter(Hostdev::describes).map(Hostdev::of).toList())
        .orElse(List.of());
  }

  /** Returns the domain with one more mediated device, behind the last hostdev. */
  public Domain withHostdev(Hostdev hostdev) {
    return withDevices(DeviceList.of(document.root()).with(hostdev.toElement()));
  }

  /** Returns the domain without the mediated devices that have this UUID. */
  public Domain withoutHostdev(UUID uuid) {
    return withDevices(DeviceList.of(document.root()).without(uuid));
  }

  /** Returns the domain with another CPU. */
  public Domain withCpu(Cpu cpu) {
    return of(document.withRoot(RootPart.set(document.root(), cpu.toElement(), "devices")));
  }

  /** Returns the domain with a UUID. */
  public Domain withUuid(UUID uuid) {
    XmlElement element =
        XmlElement.named("uuid").withChild(new org.vfioap.xml.document.XmlText(uuid.toString()));
    return of(document.withRoot(RootPart.set(document.root(), element, "memory")));
  }

  private Domain withDevices(XmlElement devices) {
    return of(document.withRoot(RootPart.set(document.root(), devices, "")));
  }

  /** Returns the document as XML. */
  public String print() {
    return document.print();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Domain domain && document.equals(domain.document);
  }

  @Override
  public int hashCode() {
    return document.hashCode();
  }

  @Override
  public String toString() {
    return print();
  }
}
