package org.vfioap.qemu.vfio;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vfioap.qemu.persona.QemuRules;
import org.vfioap.qemu.qapi.QemuError;

/**
 * A realized vfio-ap device: QEMU's order of checks and its texts. Source: hw/vfio/ap.c and
 * hw/vfio/common.c of QEMU 7.2 to 11.1, and measured.
 */
public final class VfioAp implements AutoCloseable {
  private static final Pattern LEADING_NUMBER =
      Pattern.compile("\\s*([+-]?\\d+).*", Pattern.DOTALL);
  private static final String NO_DEVICE = "(null)";

  private final String name;
  private final VfioGroup group;
  private final Consumer<String> report;
  private boolean requestable;

  private VfioAp(String name, VfioGroup group, Consumer<String> report) {
    this.name = name;
    this.group = group;
    this.report = report;
  }

  /**
   * Realizes a device.
   *
   * @param report takes lines that QEMU prints beside the error, or though there is none
   * @throws QemuError if a check fails; nothing stays open then
   */
  public static VfioAp realize(VfioHost host, VfioRequest request, Consumer<String> report)
      throws QemuError {
    boolean named = QemuRules.VFIO_NAMED.now();
    String name =
        named ? VfioName.of(host, request) : lastPart(request.sysfsdev().orElse(NO_DEVICE));
    try {
      VfioGroup group =
          request.iommufd()
              ? IommufdSetup.open(host, request, name)
              : openGroup(host, request, name, report);
      VfioAp device = new VfioAp(name, group, report);
      if (QemuRules.VFIO_IRQS.now() > 0) {
        device.watch(group.interrupts());
      }
      return device;
    } catch (QemuError refused) {
      throw named ? refused.prefixed("vfio " + name + ": ") : refused;
    }
  }

  static String lastPart(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static VfioGroup openGroup(
      VfioHost host, VfioRequest request, String name, Consumer<String> report) throws QemuError {
    int number = groupOf(host, request.sysfsdev().orElse(NO_DEVICE));
    VfioGroup group = open(host, number);
    try {
      new Setup(group, name, number).run(request.memory(), report);
    } catch (QemuError refused) {
      group.close();
      throw refused;
    }
    return group;
  }

  /** Asks for the interrupts that this QEMU knows; what the kernel refuses is only reported. */
  private void watch(int offered) {
    for (int index = 0; index < QemuRules.VFIO_IRQS.now(); index++) {
      Optional<String> refused = refusal(index, offered);
      requestable |= index == 0 && refused.isEmpty();
      refused
          .filter(text -> !text.isEmpty())
          .ifPresent(text -> report.accept("warning: " + text + "\n"));
    }
  }

  /** Returns why an interrupt is not to be had; empty text if QEMU tells nobody. */
  private Optional<String> refusal(int index, int offered) {
    if (index >= offered) {
      return Optional.of("vfio: IRQ " + index + " not available (number of irqs " + offered + ")");
    }
    Optional<HostRefusal> info = fails(InterruptStep.IRQ_INFO, index);
    if (info.isPresent()) {
      return Optional.of("vfio: Error getting irq info: " + info.get().text());
    }
    if (fails(InterruptStep.IRQ_COUNT, index).isPresent()) {
      return Optional.of("vfio: Error getting irq info" + noCount());
    }
    Optional<HostRefusal> set = fails(InterruptStep.SET_IRQS, index);
    boolean told = QemuRules.IRQ_REFUSALS.now();
    return set.map(refused -> told ? signalling("Failed to set up", index, refused) : "");
  }

  /** QEMU before 11.1 prints whatever error there was before. */
  private static String noCount() {
    return QemuRules.IRQ_REFUSALS.now() ? ", count=0" : ": Success";
  }

  private static String signalling(String what, int index, HostRefusal refused) {
    return what
        + " TRIGGER eventfd signaling for interrupt index "
        + index
        + "-0: VFIO_DEVICE_SET_IRQS failure: "
        + refused.text();
  }

  private Optional<HostRefusal> fails(InterruptStep step, int index) {
    try {
      group.interrupt(step, index);
      return Optional.empty();
    } catch (HostRefusal refused) {
      return Optional.of(refused);
    }
  }

  /** Registers what happens when the kernel wants the device back, if it can tell. */
  public void onRequest(Runnable listener) {
    if (requestable) {
      group.onRequest(listener);
    }
  }

  /** Takes back what was asked for, as before unplugging; failures are only reported. */
  public void ignore() {
    for (int index = 0; index < QemuRules.VFIO_IRQS.now(); index++) {
      int number = index;
      fails(InterruptStep.CLEAR_IRQS, index)
          .map(refused -> signalling("Failed to tear down", number, refused))
          .ifPresent(text -> report.accept("warning: vfio " + name + ": " + text + "\n"));
    }
  }

  /** Returns how QEMU names the device. */
  public String name() {
    return name;
  }

  private static int groupOf(VfioHost host, String path) throws QemuError {
    String link;
    try {
      link = host.iommuGroupLink(path);
    } catch (HostRefusal refused) {
      if (QemuRules.VFIO_NAMED.now()) {
        throw QemuError.generic("no iommu_group found: " + refused.text());
      }
      throw QemuError.generic(
          "vfio-ap: no iommu_group found for "
              + path
              + ": Failed to read the symbolic link \u201C"
              + path
              + "/iommu_group\u201D: "
              + refused.text());
    }
    Matcher number = LEADING_NUMBER.matcher(link.substring(link.lastIndexOf('/') + 1));
    if (!number.matches()) {
      throw QemuError.generic(
          (QemuRules.VFIO_NAMED.now() ? "" : "vfio: ") + "failed to read " + link);
    }
    return asInt(number.group(1));
  }

  /** Reads as C does: too large a number ends at the limit of 64 bits, and 32 of them are used. */
  private static int asInt(String digits) {
    BigInteger least = BigInteger.valueOf(Long.MIN_VALUE);
    BigInteger most = BigInteger.valueOf(Long.MAX_VALUE);
    return new BigInteger(digits).max(least).min(most).intValue();
  }

  private static VfioGroup open(VfioHost host, int number) throws QemuError {
    try {
      return host.openGroup(number);
    } catch (HostRefusal refused) {
      throw QemuError.generic(cannotOpen("/dev/vfio/" + number) + refused.text());
    }
  }

  static String cannotOpen(String file) {
    return String.format(Locale.ROOT, QemuRules.OPEN_FAILURE.now(), file);
  }

  /** Returns the refusal to map the guest's memory. */
  static QemuError unmapped(long memory, HostRefusal refused) {
    return QemuError.generic(
        String.format(
            Locale.ROOT,
            "memory listener initialization failed: Region s390.ram: %s(0x%x, 0x0, 0x%x, 0x%x) ="
                + " -%d (%s)",
            QemuRules.DMA_MAP.now(),
            0x558a1c000000L,
            memory,
            0x7f2e40000000L,
            refused.errno(),
            refused.text()));
  }

  /** Resets the device; a failure is only reported. */
  public void reset() {
    try {
      group.perform(VfioStep.DEVICE_RESET, name);
    } catch (HostRefusal refused) {
      report.accept("vfio_ap_reset: failed to reset " + name + " device: " + refused.text() + "\n");
    }
  }

  @Override
  public void close() {
    group.close();
  }

  /** The steps between opening the group and a usable device. */
  private record Setup(VfioGroup group, String name, int number) {

    void run(long memory, Consumer<String> report) throws QemuError {
      step(VfioStep.GROUP_STATUS, "failed to get group " + number + " status: ");
      if (fails(VfioStep.NOT_VIABLE).isPresent()) {
        throw QemuError.generic("group " + number + " is not viable")
            .withHint(
                "Please ensure all devices within the iommu_group are bound to their vfio bus"
                    + " driver.\n");
      }
      try {
        container(memory, report);
      } catch (QemuError refused) {
        throw refused.prefixed("failed to setup container for group " + number + ": ");
      }
      device();
    }

    private void container(long memory, Consumer<String> report) throws QemuError {
      step(VfioStep.OPEN_CONTAINER, cannotOpen("/dev/vfio/vfio"));
      refuseIf(VfioStep.API, "supported vfio version: 0, reported version: 7");
      refuseIf(VfioStep.NO_IOMMU_MODEL, "No available IOMMU models");
      step(VfioStep.SET_CONTAINER, "Failed to set group container: ");
      step(VfioStep.SET_IOMMU, "Failed to set iommu for container: ");
      step(VfioStep.IOMMU_INFO, "Failed to get VFIO IOMMU info: ");
      Optional<HostRefusal> unmapped = fails(VfioStep.DMA_MAP);
      if (unmapped.isPresent()) {
        if (!QemuRules.VFIO_NAMED.now()) {
          report.accept("VFIO_MAP_DMA failed: " + unmapped.get().text() + "\n");
        }
        throw unmapped(memory, unmapped.get());
      }
    }

    private void device() throws QemuError {
      Optional<HostRefusal> refused = fails(VfioStep.GET_DEVICE);
      if (refused.isPresent()) {
        String text = "error getting device from group " + number + ": " + refused.get().text();
        throw QemuError.generic(text)
            .withHint(
                "Verify all devices in group "
                    + number
                    + " are bound to vfio-<bus> or pci-stub and not already in use\n");
      }
      step(VfioStep.DEVICE_INFO, "error getting device info: ");
    }

    private void step(VfioStep step, String text) throws QemuError {
      Optional<HostRefusal> refused = fails(step);
      if (refused.isPresent()) {
        throw QemuError.generic(text + refused.get().text());
      }
    }

    private void refuseIf(VfioStep step, String text) throws QemuError {
      if (fails(step).isPresent()) {
        throw QemuError.generic(text);
      }
    }

    private Optional<HostRefusal> fails(VfioStep step) {
      try {
        group.perform(step, name);
        return Optional.empty();
      } catch (HostRefusal refused) {
        return Optional.of(refused);
      }
    }
  }
}
