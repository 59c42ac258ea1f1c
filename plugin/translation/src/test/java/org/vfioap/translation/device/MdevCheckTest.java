package org.vfioap.translation.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vfioap.host.ApHost;
import org.vfioap.translation.files.HostFiles;
import org.vfioap.xml.hostdev.Hostdev;
import org.vfioap.xml.verdict.LibvirtRefusal;

/** What libvirt finds wrong on the host, in its words. */
class MdevCheckTest {
  private static final UUID UUID_ = UUID.fromString("62177883-f1bb-47f0-914d-32a22e3a8804");
  private static final String DEVICE = "sys/bus/mdev/devices/" + UUID_;

  @TempDir private Path root;

  @BeforeEach
  void makesAHost() throws IOException {
    Files.createDirectories(root.resolve("dev/vfio"));
    Files.createFile(root.resolve("dev/vfio/vfio"));
    Files.createDirectories(root.resolve(DEVICE).resolve("mdev_type"));
    Files.writeString(root.resolve(DEVICE).resolve("mdev_type/device_api"), "vfio-ap\n");
  }

  private String refusal() {
    MdevCheck check = MdevCheck.on(HostFiles.below(root), uuid -> Optional.empty());
    return catchThrowableOfType(LibvirtRefusal.class, () -> check.check(Hostdev.vfioAp(UUID_)))
        .libvirtText();
  }

  @Test
  void findsNothingWrong() {
    MdevCheck.on(HostFiles.below(root), uuid -> Optional.empty()).check(Hostdev.vfioAp(UUID_));
  }

  @Test
  void needsVfioFirst() throws IOException {
    Files.delete(root.resolve("dev/vfio/vfio"));
    Files.delete(root.resolve(DEVICE).resolve("mdev_type/device_api"));

    assertThat(refusal())
        .isEqualTo(
            "unsupported configuration: Mediated host device assignment requires VFIO support");
  }

  @Test
  void needsTheDevice() throws IOException {
    Files.move(root.resolve(DEVICE), root.resolve("elsewhere"));

    assertThat(refusal()).isEqualTo("device not found: mediated device '" + UUID_ + "' not found");
  }

  @Test
  void needsItsType() throws IOException {
    Files.delete(root.resolve(DEVICE).resolve("mdev_type/device_api"));

    assertThat(refusal())
        .isEqualTo(
            "failed to read '/" + DEVICE + "/mdev_type/device_api': No such file or directory");
  }

  @Test
  void needsItsApi() throws IOException {
    Files.writeString(root.resolve(DEVICE).resolve("mdev_type/device_api"), "vfio-pci\n");

    assertThat(refusal())
        .isEqualTo(
            "internal error: invalid device API 'vfio-ap' for device /"
                + DEVICE
                + ": device only supports 'vfio-pci'");
  }

  @Test
  void needsItForItself() {
    MdevCheck check = MdevCheck.on(HostFiles.below(root), uuid -> Optional.of("my-guest"));

    assertThatThrownBy(() -> check.check(Hostdev.vfioAp(UUID_)))
        .hasMessage(
            "Requested operation is not valid: mediated device /"
                + DEVICE
                + " is in use by driver QEMU, domain my-guest");
  }

  @Test
  void looksAtAnEmulatedHostToo() {
    ApHost host = ApHost.builder().boot();
    host.sysfs()
        .write(
            "/sys/class/mdev_bus/matrix/mdev_supported_types/vfio_ap-passthrough/create",
            UUID_ + "\n");

    MdevCheck.on(HostFiles.of(host), uuid -> Optional.empty()).check(Hostdev.vfioAp(UUID_));
  }
}
