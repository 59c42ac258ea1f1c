package org.vfioap.vm;

import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a Linux asks of the virtual machine that it runs in.
 *
 * <p>Source: Linux include/uapi/linux/reboot.h, reboot(2); KVM tells QEMU by a return of KVM_RUN.
 */
enum PowerEvent {
  REBOOT,
  POWEROFF;

  /** Returns the event of a word, or refuses it as a driver does. */
  static PowerEvent of(String word) {
    return Stream.of(values())
        .filter(event -> event.word().equals(word))
        .findFirst()
        .orElseThrow(() -> DeviceFile.invalid(word));
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
