package org.vfioap.translation.plan;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.vfioap.mdev.CpuFeature;
import org.vfioap.translation.cpu.ApFeatureAdvice;
import org.vfioap.translation.cpu.CpuOption;
import org.vfioap.translation.device.Aliases;
import org.vfioap.translation.device.DeviceArguments;
import org.vfioap.xml.cpu.Cpu;
import org.vfioap.xml.domain.Domain;
import org.vfioap.xml.hostdev.Hostdev;

/** A domain: its CPU and its mediated devices. */
final class DomainPlan {
  private DomainPlan() {}

  static Plan of(Domain domain, PlanHost host) {
    List<Section> sections = new ArrayList<>();
    Optional<CpuOption> cpu = domain.cpu().map(CpuOption::of);
    cpu.ifPresent(option -> sections.addAll(cpu(option, host)));
    List<DeviceArguments> devices = devices(domain);
    if (!devices.isEmpty()) {
      sections.addAll(HostdevPlan.forms(devices));
    }
    if (host.isKnown() && !domain.hostdevs().isEmpty()) {
      List<String> verdicts = domain.hostdevs().stream().map(host::verdict).toList();
      sections.add(new Section("host", "On this host", verdicts));
    }
    List<String> notes = notes(domain, cpu, devices);
    if (!notes.isEmpty()) {
      sections.add(new Section("notes", "Notes", notes));
    }
    return new Plan("domain", domain.name(), sections);
  }

  private static List<DeviceArguments> devices(Domain domain) {
    List<DeviceArguments> devices = new ArrayList<>();
    List<String> aliases = new ArrayList<>();
    for (Hostdev each : domain.hostdevs()) {
      DeviceArguments device = DeviceArguments.of(each, Aliases.next(aliases));
      aliases.add(device.id().orElseThrow());
      devices.add(device);
    }
    return devices;
  }

  static List<Section> cpu(CpuOption option, PlanHost host) {
    List<String> advice =
        ApFeatureAdvice.of(option, host.features()).stream()
            .map(ApFeatureAdvice::toString)
            .toList();
    return List.of(
        Section.of("cpu", "QEMU's CPU", "-cpu " + option),
        new Section(
            "features",
            host.isKnown() ? "AP features on this host" : "AP features on a host that has all",
            advice));
  }

  private static List<String> notes(
      Domain domain, Optional<CpuOption> cpu, List<DeviceArguments> devices) {
    List<String> notes = new ArrayList<>();
    if (domain.cpu().map(Cpu::mode).filter(mode -> mode.label().equals("host-model")).isPresent()) {
      notes.add(
          CpuOption.HOST_MODEL + " is the host's model with its features: virsh domcapabilities");
    }
    boolean matrix = devices.stream().anyMatch(each -> each.driver().equals("vfio-ap"));
    boolean hasAp =
        cpu.map(option -> ApFeatureAdvice.of(option, EnumSet.allOf(CpuFeature.class)).get(0))
            .filter(ApFeatureAdvice::given)
            .isPresent();
    if (matrix && !hasAp) {
      notes.add(
          "without ap=on QEMU refuses the device: No 'ap-bus' bus found for device 'vfio-ap'; write"
              + " <feature policy='require' name='ap'/> into <cpu>");
    }
    return notes;
  }
}
