package org.vfioap.recording;

import java.util.List;
import java.util.Optional;
import org.vfioap.ap.ApMask;
import org.vfioap.bus.MaskSyntax;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.kernel.KernelRefusal;

/** The /sys of a recorded host. Paths begin behind /sys/. */
final class Sysfs {
  private final HostFiles files;
  private final String root;

  Sysfs(HostFiles files, Layout layout) {
    this.files = files;
    root = layout.sys();
  }

  boolean exists(String path) {
    return files.exists(root + path);
  }

  boolean isPublic(String path) {
    return files.isPublic(root + path);
  }

  List<String> list(String path) {
    return files.list(root + path);
  }

  /** Returns the content with its newlines. */
  Optional<String> text(String path) {
    return files.read(root + path);
  }

  /** Returns the only line, empty also if there is nothing in it. */
  Optional<String> line(String path) {
    return text(path).map(String::strip).filter(line -> !line.isEmpty());
  }

  /** Returns a decimal number, or one of 0x and hexadecimal digits. */
  Optional<Long> number(String path) {
    return line(path)
        .filter(text -> text.matches("-?[0-9]{1,18}|0x[0-9a-fA-F]{1,15}"))
        .map(text -> text.startsWith("0x") ? Long.decode(text) : Long.parseLong(text));
  }

  boolean isOne(String path) {
    return line(path).equals(Optional.of("1"));
  }

  boolean isZero(String path) {
    return line(path).equals(Optional.of("0"));
  }

  Optional<ApMask> mask(String path) {
    return line(path).flatMap(Sysfs::maskOf);
  }

  /** Returns the mask that the kernel reads in a text, empty if it refuses it. */
  static Optional<ApMask> maskOf(String text) {
    try {
      return Optional.of(MaskSyntax.parse(text, ApMask.NONE, KernelProfile.LINUX_7_2));
    } catch (KernelRefusal refusal) {
      return Optional.empty();
    }
  }

  /** Returns a value of a uevent file, such as DRIVER. */
  Optional<String> property(String directory, String key) {
    return text(directory + "/uevent")
        .flatMap(
            text ->
                text.lines()
                    .filter(line -> line.startsWith(key + "="))
                    .map(line -> line.substring(key.length() + 1))
                    .findFirst());
  }

  /** Returns the last name in what a link says. */
  Optional<String> linkName(String path) {
    return files.link(root + path).map(target -> target.substring(target.lastIndexOf('/') + 1));
  }
}
