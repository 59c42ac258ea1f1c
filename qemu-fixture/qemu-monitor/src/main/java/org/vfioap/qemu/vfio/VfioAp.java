package org.vfioap.qemu.vfio;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vfioap.qemu.qapi.QemuError;

/**
 * A realized vfio-ap device: QEMU's order of checks and its texts. Source: hw/vfio/ap.c and
 * hw/vfio/common.c of QEMU 7.2, and measured.
 */
public final class VfioAp implements AutoCloseable {
  private static final Pattern LEADING_NUMBER =
      Pattern.compile("\\s*([+-]?\\d+).*", Pattern.DOTALL);
  private static final String NO_DEVICE = "(null)";

  private final String name;
  private final VfioGroup group;

  private VfioAp(String name, VfioGroup group) {
    this.name = name;
    this.group = group;
  }

  /**
   * Realizes a device.
   *
   * @param sysfsdev the path that the property holds, if it was set
   * @param memory bytes of guest memory to map
   * @param stderr takes lines that QEMU prints beside the error
   * @throws QemuError if a check fails; nothing stays open then
   */
  public static VfioAp realize(
      VfioHost host, Optional<String> sysfsdev, long memory, Consumer<String> stderr)
      throws QemuError {
    String path = sysfsdev.orElse(NO_DEVICE);
    int number = groupOf(host, path);
    VfioGroup group = open(host, number);
    String name = path.substring(path.lastIndexOf('/') + 1);
    try {
      new Setup(group, name, number).run(memory, stderr);
    } catch (QemuError refused) {
      group.close();
      throw refused;
    }
    return new VfioAp(name, group);
  }

  private static int groupOf(VfioHost host, String path) throws QemuError {
    String link;
    try {
      link = host.iommuGroupLink(path);
    } catch (HostRefusal refused) {
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
      throw QemuError.generic("vfio: failed to read " + link);
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
      throw QemuError.generic("failed to open /dev/vfio/" + number + ": " + refused.text());
    }
  }

  /** Resets the device; a failure is only reported. */
  public void reset(Consumer<String> report) {
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

    void run(long memory, Consumer<String> stderr) throws QemuError {
      step(VfioStep.GROUP_STATUS, "failed to get group " + number + " status: ");
      if (fails(VfioStep.NOT_VIABLE).isPresent()) {
        throw QemuError.generic("group " + number + " is not viable")
            .withHint(
                "Please ensure all devices within the iommu_group are bound to their vfio bus"
                    + " driver.\n");
      }
      try {
        container(memory, stderr);
      } catch (QemuError refused) {
        throw refused.prefixed("failed to setup container for group " + number + ": ");
      }
      device();
    }

    private void container(long memory, Consumer<String> stderr) throws QemuError {
      step(VfioStep.OPEN_CONTAINER, "failed to open /dev/vfio/vfio: ");
      refuseIf(VfioStep.API, "supported vfio version: 0, reported version: 7");
      refuseIf(VfioStep.NO_IOMMU_MODEL, "No available IOMMU models");
      step(VfioStep.SET_CONTAINER, "Failed to set group container: ");
      step(VfioStep.SET_IOMMU, "Failed to set iommu for container: ");
      step(VfioStep.IOMMU_INFO, "Failed to get VFIO IOMMU info: ");
      Optional<HostRefusal> unmapped = fails(VfioStep.DMA_MAP);
      if (unmapped.isPresent()) {
        stderr.accept("VFIO_MAP_DMA failed: " + unmapped.get().text() + "\n");
        throw QemuError.generic(mapping(memory, unmapped.get()));
      }
    }

    private static String mapping(long memory, HostRefusal refused) {
      return String.format(
          Locale.ROOT,
          "memory listener initialization failed: Region s390.ram: vfio_dma_map(0x%x, 0x0, 0x%x,"
              + " 0x%x) = -%d (%s)",
          0x558a1c000000L,
          memory,
          0x7f2e40000000L,
          refused.errno(),
          refused.text());
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
