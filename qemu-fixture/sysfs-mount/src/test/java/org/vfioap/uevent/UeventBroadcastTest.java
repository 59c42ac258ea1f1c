package org.vfioap.uevent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.vfioap.host.ApHost;
import org.vfioap.lab.Namespace;
import org.vfioap.machine.Machine;

/** The real udevadm receives what is announced. */
@Timeout(90)
final class UeventBroadcastTest {
  private static final String MDEV = "/devices/vfio_ap/matrix/62177883-f1bb-47f0-914d-32a22e3a8804";

  @TempDir private Path directory;

  @ParameterizedTest
  @MethodSource("org.vfioap.lab.Namespace#possible")
  void reachesProgramsThatListenToUdev(Namespace namespace) throws Exception {
    Namespace.requireProgram("udevadm");
    String heard = namespace.java(directory, MonitorSession.class, "--udev");
    assertThat(heard)
        .containsSubsequence(
            "add      "
                + MDEV
                + " (mdev)\nACTION=add\nDEVPATH="
                + MDEV
                + "\nSUBSYSTEM=mdev\nSEQNUM=",
            "add      /devices/virtual/vfio/0 (vfio)",
            "DEVNAME=/dev/vfio/0\n",
            "bind     " + MDEV,
            "DRIVER=vfio_ap_mdev\n",
            "unbind   " + MDEV,
            "remove   " + MDEV,
            "/devices/ap/card05 (ap)",
            "SYNTH_UUID=0\n",
            "DEVTYPE=ap_card\n");
    assertThat(heard).contains("USEC_INITIALIZED=");
  }

  @ParameterizedTest
  @MethodSource("org.vfioap.lab.Namespace#possible")
  void reachesProgramsThatListenToTheKernelWhileAUdevdRuns(Namespace namespace) throws Exception {
    Namespace.requireProgram("udevadm");
    String heard = namespace.java(directory, MonitorSession.class, "--kernel");
    assertThat(heard)
        .containsSubsequence(
            "add      "
                + MDEV
                + " (mdev)\nACTION=add\nDEVPATH="
                + MDEV
                + "\nSUBSYSTEM=mdev\nSEQNUM=",
            "DEVNAME=/dev/vfio/0\n",
            "bind     " + MDEV,
            "remove   " + MDEV,
            "/devices/ap/card05 (ap)")
        .doesNotContain("USEC_INITIALIZED=");
  }

  /** Source of the values: systemd 252, util_string_hash32 of the names. */
  @ParameterizedTest
  @CsvSource({
    "ap, f026bf09",
    "mdev, bb5211c7",
    "matrix, 9f470338",
    "vfio, 9cba94c3",
    "ap_card, ad29a260",
    "ap_queue, 704b18d2"
  })
  void hashesNamesAsReceiversDo(String name, String hash) {
    assertThat(UdevMessage.murmurHash2(name.getBytes(StandardCharsets.ISO_8859_1)))
        .isEqualTo(Integer.parseUnsignedInt(hash, 16));
  }

  @Test
  void saysWhichNetworkItCannotEnter() {
    ApHost host = Machine.preset("document").boot();
    assertThatThrownBy(() -> UeventBroadcast.start(host, directory.resolve("nosuch")))
        .hasMessageContaining("nosuch: No such file");
  }

  @Test
  void sendsNothingOnceClosed() throws Exception {
    ApHost host = Machine.preset("document").boot();
    UeventBroadcast broadcast = UeventBroadcast.start(host);
    broadcast.close();
    broadcast.close();
    assertThat(host.sysfs().write("/sys/devices/ap/card05/uevent", "add")).isEqualTo(3);
  }
}
