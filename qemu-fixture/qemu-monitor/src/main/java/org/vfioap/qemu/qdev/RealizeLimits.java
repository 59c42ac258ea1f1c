package org.vfioap.qemu.qdev;

import java.util.List;
import java.util.Set;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.persona.QemuRules;
import org.vfioap.qemu.qapi.QemuError;

/**
 * Values that a property takes and the device refuses. Source: hw/virtio/virtio-rng.c,
 * hw/net/virtio-net.c, hw/block/virtio-blk.c, hw/scsi/virtio-scsi.c and hw/char/virtio-serial-bus.c
 * of QEMU 7.2, and measured.
 */
final class RealizeLimits {
  private static final long LARGEST_QUEUE = 1024;
  private static final long NET_QUEUE = 256;
  private static final long MOST_QUEUES = 1022;
  private static final long MOST_PORTS = 511;

  private RealizeLimits() {}

  static void check(Candidate device) throws QemuError {
    if (device.isA("virtio-rng")) {
      checkRng(device);
    } else if (device.isA("virtio-net")) {
      checkNet(device);
    } else if (device.isA("virtio-blk")) {
      checkBlk(device);
    } else if (device.isA("scsi-hd") || device.isA("scsi-cd")) {
      checkSectors(device);
    } else if (device.isA("virtio-scsi")) {
      checkScsi(device);
    } else if (device.isA("virtio-serial")) {
      checkSerial(device);
    }
  }

  private static void checkRng(Candidate device) throws QemuError {
    refuse(device.number("period").orElse(1) == 0, "'period' parameter expects a positive integer");
    refuse(
        device.values().get("max-bytes") instanceof JsonNumber.Unsigned
            || device.number("max-bytes").orElse(0) < 0,
        QemuRules.RNG_LIMIT.now());
  }

  private static void checkNet(Candidate device) throws QemuError {
    String duplex = device.text("duplex").orElse("half");
    refuse(!Set.of("half", "full").contains(duplex), "'duplex' must be 'half' or 'full'");
    refuse(device.number("speed").orElse(-1) < -1, "'speed' must be between 0 and INT_MAX");
    checkNetQueue(device, "rx_queue_size", ".");
    checkNetQueue(device, "tx_queue_size", "");
    if (device.number("tx_queue_size").isPresent()) {
      // Only a vhost-user back end takes more.
      device.settle("tx_queue_size", JsonNumber.of(NET_QUEUE));
    }
  }

  private static void checkNetQueue(Candidate device, String property, String end)
      throws QemuError {
    long size = device.number(property).orElse(NET_QUEUE);
    refuse(
        size < NET_QUEUE || size > LARGEST_QUEUE || Long.bitCount(size) != 1,
        "Invalid "
            + property
            + " (= "
            + size
            + "), must be a power of 2 between 256 and 1024"
            + end);
  }

  private static void checkBlk(Candidate device) throws QemuError {
    refuse(device.number("num-queues").orElse(1) == 0, "num-queues property must be larger than 0");
    long size = device.number("queue-size").orElse(NET_QUEUE);
    String text = "invalid queue-size property (" + size + "), must be ";
    refuse(size <= 2, text + "> 2");
    refuse(size > LARGEST_QUEUE || Long.bitCount(size) != 1, text + "a power of 2 (max 1024)");
    checkSectors(device);
  }

  private static void checkSectors(Candidate device) throws QemuError {
    long logical = device.number("logical_block_size").orElse(512);
    long physical = device.number("physical_block_size").orElse(logical);
    refuse(logical > physical, "logical_block_size > physical_block_size not supported");
    for (String size : List.of("min_io_size", "opt_io_size", "discard_granularity")) {
      refuse(
          device.number(size).orElse(0) % logical != 0,
          size + " must be a multiple of logical_block_size");
    }
  }

  private static void checkScsi(Candidate device) throws QemuError {
    long queues = device.number("num_queues").orElse(1);
    refuse(
        queues == 0 || queues > MOST_QUEUES,
        "Invalid number of queues (= " + queues + "), must be a positive integer less than 1022.");
    long size = device.number("virtqueue_size").orElse(NET_QUEUE);
    refuse(size <= 2, "invalid virtqueue_size property (= " + size + "), must be > 2");
  }

  private static void checkSerial(Candidate device) throws QemuError {
    long ports = device.number("max_ports").orElse(1);
    refuse(ports == 0, "Maximum number of serial ports not specified");
    refuse(ports > MOST_PORTS, "maximum ports supported: " + MOST_PORTS);
  }

  private static void refuse(boolean wrong, String text) throws QemuError {
    if (wrong) {
      throw QemuError.generic(text);
    }
  }
}
