package org.vfioap.translation.plan;

import java.util.ArrayList;
import java.util.List;
import org.vfioap.translation.cpu.CpuOption;
import org.vfioap.xml.verdict.LibvirtError;
import org.vfioap.xml.verdict.LibvirtRefusal;

/** A CPU as QEMU takes it, back to libvirt's XML. */
final class CpuPlan {
  private CpuPlan() {}

  static Plan of(String text, PlanHost host) {
    CpuOption option = parse(text);
    List<Section> sections = new ArrayList<>();
    sections.add(new Section("xml", "libvirt's XML", option.toCpu().print().lines().toList()));
    sections.addAll(DomainPlan.cpu(option, host));
    return new Plan("cpu", option.model(), sections);
  }

  private static CpuOption parse(String text) {
    try {
      return CpuOption.parse(text);
    } catch (IllegalArgumentException e) {
      throw LibvirtRefusal.of(LibvirtError.CONFIG_UNSUPPORTED, String.valueOf(e.getMessage()));
    }
  }
}
