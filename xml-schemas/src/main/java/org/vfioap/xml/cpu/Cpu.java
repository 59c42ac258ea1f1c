package org.vfioap.xml.cpu;

import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlRootElement;
import jakarta.xml.bind.annotation.XmlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vfioap.xml.binding.Binding;
import org.vfioap.xml.cpu.CpuParts.Feature;
import org.vfioap.xml.cpu.CpuParts.Model;
import org.vfioap.xml.document.Indentation;
import org.vfioap.xml.document.XmlDocument;
import org.vfioap.xml.verdict.LibvirtRefusal;

/**
 * The CPU of a guest. Immutable.
 *
 * <p>{@link #print} gives what libvirt shows of it, defaults filled in. Topology, caches and NUMA
 * stay in the document that it came from. Source: src/conf/cpu_conf.c and src/qemu/qemu_domain.c of
 * libvirt 9.0.
 */
@XmlRootElement(name = "cpu")
@XmlAccessorType(XmlAccessType.FIELD)
@XmlType(propOrder = {"model", "vendor", "features"})
public final class Cpu {
  private static final String DEFAULT_MODEL = "qemu";

  @XmlAttribute private @Nullable String mode;
  @XmlAttribute private @Nullable String match;
  @XmlAttribute private @Nullable String check;
  @XmlAttribute @Nullable String migratable;
  private @Nullable Model model;
  private @Nullable String vendor;

  @XmlElement(name = "feature")
  private List<Feature> features = new ArrayList<>();

  private Cpu() {}

  /** JAXB is slow to start, so it starts when it is needed. */
  private static final class Lazy {
    static final Binding<Cpu> BINDING = Binding.of(Cpu.class);
  }

  /**
   * Reads an element.
   *
   * @throws LibvirtRefusal if libvirt would refuse it
   */
  public static Cpu of(org.vfioap.xml.document.XmlElement element) {
    CpuRules.check(element);
    Cpu cpu = Lazy.BINDING.read(CpuRules.withoutRest(element));
    cpu.fillIn();
    return cpu;
  }

  /** Reads a document that is a CPU, as {@link #of}. */
  public static Cpu parse(XmlDocument document) {
    return of(document.root());
  }

  /** Returns a CPU of a named model with these features. */
  public static Cpu custom(String modelName, List<CpuFeature> wanted) {
    Cpu cpu = create(CpuMode.CUSTOM, wanted);
    cpu.model = new Model();
    cpu.model.name = modelName;
    cpu.fillIn();
    return cpu;
  }

  /** Returns the CPU that the host gives, with these changes. */
  public static Cpu create(CpuMode mode, List<CpuFeature> wanted) {
    Cpu cpu = new Cpu();
    cpu.mode = mode.label();
    for (CpuFeature each : wanted) {
      Feature feature = new Feature();
      feature.name = each.name();
      feature.policy = each.policy().label();
      cpu.features.add(feature);
    }
    cpu.fillIn();
    return cpu;
  }

  /** Sets what libvirt sets when nothing is written, and drops what it drops. */
  private void fillIn() {
    mode = mode == null ? CpuMode.CUSTOM.label() : mode;
    features.forEach(each -> each.policy = each.policy == null ? "require" : each.policy);
    if (mode().isNameless()) {
      model = null;
      vendor = null;
      match = null;
    } else if (mode() == CpuMode.CUSTOM) {
      fillInCustom();
    } else {
      match = null;
    }
    if (model != null && mode() != CpuMode.CUSTOM && model.fallback == null) {
      model.fallback = "allow";
    }
    fillInCheck();
  }

  private void fillInCustom() {
    match = match == null ? "exact" : match;
    if (model == null || model.name == null || model.name.isEmpty()) {
      model = new Model();
      model.name = DEFAULT_MODEL;
      model.fallback = "forbid";
    }
    boolean unset = model.fallback == null || model.fallback.isEmpty();
    model.fallback = unset ? "allow" : model.fallback;
  }

  private void fillInCheck() {
    if (check == null) {
      check = mode().isNameless() ? "none" : "partial";
    }
  }

  /** Returns how the model is chosen. */
  public CpuMode mode() {
    return CpuMode.named(Optional.ofNullable(mode).orElse("custom")).orElseThrow();
  }

  /** Returns the name of the model, if it has one. */
  public Optional<String> model() {
    return Optional.ofNullable(model).map(each -> each.name);
  }

  /** Returns the vendor that the guest sees, if it is to see another. */
  public Optional<String> vendorId() {
    return Optional.ofNullable(model).map(each -> each.vendorId);
  }

  /** Returns the vendor that the host must have, if one is named. */
  public Optional<String> vendor() {
    return Optional.ofNullable(vendor);
  }

  /** Returns {@code exact}, {@code strict} or {@code minimum}; empty unless the model is named. */
  public Optional<String> match() {
    return Optional.ofNullable(match);
  }

  /**
   * Returns {@code none}, {@code partial} or {@code full}: what libvirt compares before a start.
   */
  public String check() {
    return Optional.ofNullable(check).orElse("partial");
  }

  /** Returns the features in order. */
  public List<CpuFeature> features() {
    return features.stream().map(Cpu::feature).toList();
  }

  private static CpuFeature feature(Feature each) {
    CpuFeaturePolicy policy =
        CpuFeaturePolicy.named(Optional.ofNullable(each.policy).orElse("require")).orElseThrow();
    return new CpuFeature(Optional.ofNullable(each.name).orElseThrow(), policy);
  }

  /** Returns the CPU as an element without white space. */
  public org.vfioap.xml.document.XmlElement toElement() {
    return Lazy.BINDING.write(this);
  }

  /** Returns the CPU as a document in libvirt's style. */
  public String print() {
    return XmlDocument.of(Indentation.of(toElement())).print();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Cpu cpu && toElement().equals(cpu.toElement());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  @Override
  public String toString() {
    return toElement().toString();
  }
}
