package org.vfioap.xml.cpu;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vfioap.xml.document.XmlElement;
import org.vfioap.xml.document.XmlNode;
import org.vfioap.xml.hostdev.Values;
import org.vfioap.xml.verdict.LibvirtError;
import org.vfioap.xml.verdict.LibvirtRefusal;

/**
 * What libvirt checks in a CPU, in its order. Source: src/conf/cpu_conf.c of libvirt 9.0, and
 * recorded answers of {@code virsh define}.
 */
final class CpuRules {
  private static final List<String> MATCHES = List.of("minimum", "exact", "strict");
  private static final List<String> CHECKS = List.of("none", "partial", "full");
  private static final List<String> FALLBACKS = List.of("allow", "forbid");
  private static final Set<String> KNOWN = Set.of("model", "vendor", "feature");
  private static final int VENDOR_LENGTH = 12;

  private CpuRules() {}

  /** Returns the element without what {@link Cpu} has no place for. */
  static XmlElement withoutRest(XmlElement cpu) {
    Set<String> seen = new HashSet<>();
    List<XmlNode> kept =
        cpu.elements()
            .filter(each -> each.namespace().isEmpty() && KNOWN.contains(each.name()))
            .filter(each -> each.is("feature") || seen.add(each.name()))
            .filter(each -> !each.is("vendor") || !each.text().isEmpty())
            .map(each -> (XmlNode) each.withTextOnly())
            .toList();
    return new XmlElement("cpu", "", cpu.attributes(), kept, cpu.position());
  }

  static void check(XmlElement cpu) {
    CpuMode mode = checkMode(cpu);
    boolean migratable = Values.optional(cpu, "migratable", Values.ON_OFF).isPresent();
    if (migratable && !mode.isNameless()) {
      throw unsupported(
          cpu, "Attribute migratable is only allowed for 'host-passthrough' / 'maximum' CPU mode");
    }
    Values.optional(cpu, "match", MATCHES);
    Values.optional(cpu, "check", CHECKS);
    boolean named = checkModel(cpu, mode);
    boolean needsModel = !mode.isNameless() && !named;
    if (needsModel && cpu.first("vendor").filter(v -> !v.text().isEmpty()).isPresent()) {
      throw cpu.refusal(LibvirtError.XML_ERROR, "CPU vendor specified without CPU model");
    }
    checkTopology(cpu);
    checkFeatures(cpu, mode == CpuMode.CUSTOM && !named);
  }

  private static LibvirtRefusal unsupported(XmlElement element, String text) {
    return element.refusal(LibvirtError.CONFIG_UNSUPPORTED, text);
  }

  private static CpuMode checkMode(XmlElement cpu) {
    String mode = cpu.attribute("mode").orElse("custom");
    return CpuMode.named(mode)
        .orElseThrow(
            () ->
                unsupported(cpu, "Invalid mode attribute '" + mode + "'")
                    .withHint("allowed: custom, host-model, host-passthrough, maximum"));
  }

  /** Returns whether there is a model with a name. */
  private static boolean checkModel(XmlElement cpu, CpuMode mode) {
    Optional<XmlElement> model = cpu.first("model").filter(each -> !mode.isNameless());
    if (model.isEmpty()) {
      return false;
    }
    String fallback = model.get().attribute("fallback").orElse("");
    if (!fallback.isEmpty() && !FALLBACKS.contains(fallback)) {
      throw unsupported(model.get(), "Invalid fallback attribute")
          .withHint("it is '" + fallback + "'; allowed: allow, forbid");
    }
    String vendor = model.get().attribute("vendor_id").orElse("");
    if (!vendor.isEmpty() && vendor.length() != VENDOR_LENGTH) {
      throw model
          .get()
          .refusal(LibvirtError.XML_ERROR, "vendor_id must be exactly 12 characters long");
    }
    return !model.get().text().isEmpty();
  }

  private static void checkTopology(XmlElement cpu) {
    cpu.first("topology")
        .ifPresent(
            topology ->
                List.of("sockets", "cores", "threads")
                    .forEach(each -> Values.requiredNonZero(topology, each)));
  }

  private static void checkFeatures(XmlElement cpu, boolean modelIsMissing) {
    if (modelIsMissing && cpu.first("feature").isPresent()) {
      throw cpu.refusal(
              LibvirtError.XML_ERROR, "Non-empty feature list specified without CPU model")
          .withHint("write a <model>, or mode='host-passthrough'");
    }
    Set<String> names = new HashSet<>();
    for (XmlElement feature : (Iterable<XmlElement>) cpu.all("feature")::iterator) {
      checkPolicy(feature);
      String name = feature.attribute("name").orElse("");
      if (name.isEmpty()) {
        throw feature.refusal(LibvirtError.XML_ERROR, "Invalid CPU feature name");
      }
      if (!names.add(name)) {
        throw feature.refusal(
            LibvirtError.XML_ERROR, "CPU feature '" + name + "' specified more than once");
      }
    }
  }

  private static void checkPolicy(XmlElement feature) {
    Optional<String> policy = feature.attribute("policy");
    if (policy.isPresent() && CpuFeaturePolicy.named(policy.get()).isEmpty()) {
      throw unsupported(feature, "Invalid CPU feature policy")
          .withHint(
              "it is '"
                  + policy.get()
                  + "'; allowed: "
                  + String.join(", ", CpuFeaturePolicy.labels()));
    }
  }
}
