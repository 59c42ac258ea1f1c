package org.vfioap.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.vfioap.qemu.client.QmpClient;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.qapi.QemuError;

/**
 * What every door to a machine does, in the same words. The machine is the preset document, adapter
 * 5 given to vfio_ap, and an mdev with 05.0004.
 */
@Timeout(60)
abstract class DoorContract {
  private static final String MDEV = "62177883-f1bb-47f0-914d-32a22e3a8804";
  private static final String MATRIX = "/sys/devices/vfio_ap/matrix/";

  abstract Door door();

  @BeforeEach
  void fillAMatrix() {
    door().write("/sys/bus/ap/apmask", "-5\n");
    door().write(MATRIX + "mdev_supported_types/vfio_ap-passthrough/create", MDEV + "\n");
    door().write(MATRIX + MDEV + "/assign_adapter", "5\n");
    door().write(MATRIX + MDEV + "/assign_domain", "4\n");
  }

  private static void execute(Path monitor, String command, JsonObject arguments)
      throws IOException, QemuError {
    try (QmpClient product = QmpClient.connect(monitor)) {
      product.execute(command, arguments);
    }
  }

  private static JsonObject device(String id) {
    return JsonObject.of("driver", "vfio-ap").with("id", id).with("sysfsdev", MATRIX + MDEV);
  }

  private static JsonObject id(String id) {
    return JsonObject.of("id", id);
  }

  @Test
  void filesHaveTheKernelsText() {
    assertThat(door().read(MATRIX + MDEV + "/matrix")).isEqualTo("05.0004\n");
  }

  @Test
  void refusalNamesTheErrno() {
    assertThatExceptionOfType(Door.Refused.class)
        .isThrownBy(() -> door().write(MATRIX + MDEV + "/assign_adapter", "6\n"))
        .withMessage("EADDRNOTAVAIL");
  }

  @Test
  void guestHasItsQueue() {
    door().guest("g", MDEV);
    door().awaitQueueIn("05.0004", "g", 10_000);

    assertThat(door().queues("g")).containsExactly("05.0004");
  }

  @Test
  void rejectedDeviceStays() throws Exception {
    Path monitor = door().guest("g");
    execute(monitor, "device_add", device("h"));
    door().faults().rejectUnplug("g");
    execute(monitor, "device_del", id("h"));
    door().awaitGuestEvent("g", "DEVICE_UNPLUG_GUEST_ERROR");

    assertThat(door().queues("g")).containsExactly("05.0004");
    assertThat(door().commands("g"))
        .containsExactly("qmp_capabilities", "device_add", "qmp_capabilities", "device_del");
  }

  @Test
  void faultHappensOnce() throws Exception {
    Path monitor = door().guest("g");
    door().faults().refusePlug("g", "no slot is free");

    assertThatExceptionOfType(QemuError.class)
        .isThrownBy(() -> execute(monitor, "device_add", device("h")))
        .withMessageContaining("no slot is free");
    assertThatNoException().isThrownBy(() -> execute(monitor, "device_add", device("h")));
  }

  @Test
  void commandOfTheCodeUnderTestIsRefused() {
    Path monitor = door().guest("g");
    door().faults().refuseCommand("g", "query-status", "not now");

    assertThatExceptionOfType(QemuError.class)
        .isThrownBy(() -> execute(monitor, "query-status", JsonObject.empty()))
        .withMessageContaining("not now");
  }

  @Test
  void unknownNamesAreRefusedWithTheNearest() {
    door().guest("g");

    assertThatExceptionOfType(Door.Refused.class)
        .isThrownBy(() -> door().faults().refuseCommand("g", "device-del", "no"))
        .withMessageContaining("device_del");
    assertThatExceptionOfType(Door.Refused.class)
        .isThrownBy(() -> door().faults().loseEvent("g", "DEVICE_DELETE"))
        .withMessageContaining("DEVICE_DELETED");
  }

  @Test
  void fileRefusesOnceAsOrdered() {
    door().faults().refuseWrite("/sys/**/unassign_domain", "EIO");

    assertThatExceptionOfType(Door.Refused.class)
        .isThrownBy(() -> door().write(MATRIX + MDEV + "/unassign_domain", "4\n"))
        .withMessage("EIO");
    door().write(MATRIX + MDEV + "/unassign_domain", "4\n");
    assertThat(door().writes())
        .endsWith(MATRIX + MDEV + "/unassign_domain 4 EIO", MATRIX + MDEV + "/unassign_domain 4 ");
  }

  @Test
  void maskChangesBetweenOpenAndWrite() {
    door().write(MATRIX + MDEV + "/unassign_domain", "4\n");
    door().faults().writeBefore("/sys/**/assign_domain", "/sys/bus/ap/apmask", "+5\n");

    assertThatExceptionOfType(Door.Refused.class)
        .isThrownBy(() -> door().write(MATRIX + MDEV + "/assign_domain", "4\n"))
        .withMessage("EADDRNOTAVAIL");
  }

  @Test
  void adapterArrives() {
    door().faults().arrive(9, "CEX8", "ep11");
    door().awaitQueue("09.0004");
    door().awaitUevent("add", "/devices/ap/card09/*");

    assertThat(door().read("/sys/devices/ap/card09/type")).isEqualTo("CEX8P\n");
  }

  @Test
  void adapterStopsWithAnError() {
    door().faults().checkstop(5);

    assertThat(door().read("/sys/devices/ap/card05/chkstop")).isEqualTo("1\n");
  }

  @Test
  void logIsAwaited() {
    door().guest("g", MDEV);
    assertThatExceptionOfType(Door.Refused.class)
        .isThrownBy(() -> door().write("/sys/bus/ap/apmask", "+5\n"))
        .withMessage("EBUSY");

    door().awaitLog("may not re-assign queue 05.0004");
  }

  @Test
  void waitingInVainTellsTheRule() {
    door().guest("g");

    assertThatExceptionOfType(Door.Refused.class)
        .isThrownBy(() -> door().awaitQueueIn("06.0004", "g", 20))
        .withMessageContaining("apmask");
  }
}
