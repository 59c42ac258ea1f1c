package org.vfioap.translation.emulated;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vfioap.translation.cpu.CpuOption;
import org.vfioap.translation.device.DeviceArguments;
import org.vfioap.xml.domain.Domain;
import org.vfioap.xml.hostdev.Hostdev;

/**
 * The part of QEMU's command line that an emulated guest needs. Source: src/qemu/qemu_command.c of
 * libvirt 9.0.
 */
final class QemuCommandLine {
  private static final long KIB_PER_MIB = 1024;
  private static final CpuOption HOST = CpuOption.parse("host");

  private QemuCommandLine() {}

  static List<String> of(Domain domain) {
    List<String> line = new ArrayList<>();
    line.addAll(List.of("-name", "guest=" + domain.name().replace(",", ",,"), "-S"));
    line.addAll(List.of("-machine", domain.machineType().orElse("s390-ccw-virtio")));
    line.addAll(List.of("-accel", domain.virtType().equals("kvm") ? "kvm" : "tcg"));
    cpu(domain).ifPresent(cpu -> line.addAll(List.of("-cpu", cpu.toString())));
    long mib = (domain.memoryKib().orElse(0) + KIB_PER_MIB - 1) / KIB_PER_MIB;
    line.addAll(List.of("-m", String.valueOf(Math.max(1, mib))));
    line.addAll(List.of("-smp", String.valueOf(domain.vcpus())));
    line.addAll(List.of("-display", "none", "-no-user-config", "-nodefaults"));
    for (Hostdev each : domain.hostdevs()) {
      String alias = each.alias().orElseThrow();
      line.addAll(List.of("-device", DeviceArguments.of(each, alias).toJson()));
    }
    return line;
  }

  /** The emulated host's model has no name here: the host itself stands for it. */
  private static Optional<CpuOption> cpu(Domain domain) {
    return domain.cpu().map(cpu -> CpuOption.of(cpu, HOST));
  }
}
