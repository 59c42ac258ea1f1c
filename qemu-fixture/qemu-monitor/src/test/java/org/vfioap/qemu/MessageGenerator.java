package org.vfioap.qemu;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.vfioap.qemu.recording.Recording;

/**
 * Random messages: commands with arguments that fit or do not, damaged ones, bare bytes. Nothing
 * that ends the guest, touches files or runs programs.
 */
final class MessageGenerator {
  private static final List<String> STRINGS =
      List.of(
          "",
          "x",
          "hostdev0",
          "vfio-ap",
          "virtio-rng-ccw",
          "/machine",
          "/machine/peripheral",
          "type",
          "realized",
          "max",
          "z14",
          "\u00e9\ud83d\ude00",
          "a.b",
          "9x",
          "rng-builtin",
          "o0",
          "/m/u1",
          "ap-bus",
          "on",
          "none",
          "info qtree",
          "device_del hostdev0",
          "help");
  private static final List<String> NAMES =
      List.of(
          "id",
          "driver",
          "sysfsdev",
          "path",
          "property",
          "value",
          "typename",
          "model",
          "type",
          "name",
          "props",
          "modela",
          "modelb",
          "uri",
          "command-line",
          "implements",
          "qom-type",
          "bus",
          "ap",
          "capabilities",
          "devno");
  private static final List<String> LINES =
      List.of(
          "info qtree",
          "info status",
          "device_add vfio-ap,id=hostdev0,sysfsdev=/m/u1",
          "device_del hostdev0",
          "device_add virtio-rng-ccw,id=o0",
          "help info",
          "print 1+2*(3",
          "info qom-tree",
          "stop",
          "cont",
          "x/4xb 0",
          "qom-set /machine usb",
          "\033[A",
          "\033[B",
          "\t",
          "\027",
          "\001\004",
          "sum 0 16",
          "cpu 0",
          "object_add rng-builtin,id=z",
          "\\\"a b");
  private static final List<String> UNSAFE =
      List.of(
          "quit",
          "migrate",
          "dump-guest-memory",
          "screendump",
          "pmemsave",
          "memsave",
          "qmp_capabilities",
          "nbd-server-start",
          "chardev-add",
          "chardev-change",
          "migrate-incoming",
          "migrate-recover",
          "system_powerdown",
          "set-action");

  private static final Pattern LONE_Q = Pattern.compile("(^|[\r\n])q[ \t]*[\r\n]");

  private final Random random;
  private final List<String> commands =
      Recording.named("commands").lines("commands").stream()
          .map(line -> line.split(" ", 2)[0])
          .filter(name -> !UNSAFE.contains(name) && !name.startsWith("blockdev"))
          .collect(Collectors.toList());

  MessageGenerator(Random random) {
    this.random = random;
  }

  byte[] message() {
    String text = random.nextInt(20) == 0 ? value(3) : command();
    byte[] bytes = (text + "\n").getBytes(UTF_8);
    return random.nextInt(6) == 0 ? damaged(bytes) : bytes;
  }

  private byte[] damaged(byte[] bytes) {
    byte[] copy = bytes.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      byte b = (byte) random.nextInt(256);
      copy[random.nextInt(copy.length)] = b == 'q' ? (byte) 'z' : b;
    }
    // A lone q would end the guest.
    return LONE_Q.matcher(new String(copy, ISO_8859_1)).find() ? bytes : copy;
  }

  private String command() {
    String name = pick(commands);
    StringBuilder text = new StringBuilder("{\"execute\": \"" + name + "\"");
    if (random.nextInt(4) > 0) {
      text.append(", \"arguments\": ").append(object(2));
    }
    if (random.nextInt(4) == 0) {
      text.append(", \"id\": ").append(value(2));
    }
    return text.append('}').toString();
  }

  private String object(int depth) {
    StringBuilder text = new StringBuilder("{");
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append('"').append(pick(NAMES)).append("\": ").append(value(depth - 1));
      text.append(i > 1 ? ", " : "");
    }
    return text.append('}').toString();
  }

  private String value(int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 6)) {
      case 0 -> Integer.toString(random.nextInt(1000) - 10);
      case 1 -> pick(List.of("true", "false", "null", "1e400", "18446744073709551616", "-0.0"));
      case 6 -> "[" + value(depth - 1) + "]";
      case 7 -> object(depth - 1);
      default -> '"' + pick(STRINGS) + '"';
    };
  }

  /** Returns a line for people, or part of one. */
  byte[] line() {
    String text = pick(LINES) + (random.nextInt(3) == 0 ? " " + pick(STRINGS) : "");
    byte[] bytes = (text + (random.nextInt(4) > 0 ? "\n" : "")).getBytes(ISO_8859_1);
    return random.nextInt(8) == 0 ? damaged(bytes) : bytes;
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
