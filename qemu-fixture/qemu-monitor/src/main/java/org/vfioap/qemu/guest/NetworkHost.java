package org.vfioap.qemu.guest;

import org.vfioap.qemu.network.BackendHost;
import org.vfioap.qemu.qapi.QemuError;

/** What networks of a running guest use of it. */
public final class NetworkHost implements BackendHost {
  private final Guest guest;

  private NetworkHost(Guest guest) {
    this.guest = guest;
  }

  /** Returns the host of the networks of {@code guest}. */
  public static NetworkHost of(Guest guest) {
    return new NetworkHost(guest);
  }

  @Override
  public boolean hasChardev(String id) {
    return guest.hasChardev(id);
  }

  @Override
  public boolean hasNetdev(String id) {
    return guest.hasNetdev(id);
  }

  /** Source: monitor/misc.c (monitor_fd_param) of QEMU 7.2. */
  @Override
  public int descriptor(String text) throws QemuError {
    if (text.matches("\\d{1,9}")) {
      return Integer.parseInt(text);
    }
    if (!text.isEmpty() && Character.isDigit(text.charAt(0))) {
      throw QemuError.generic("Invalid file descriptor number '" + text + "'");
    }
    return guest
        .descriptors()
        .take(text)
        .orElseThrow(
            () -> QemuError.generic("File descriptor named '" + text + "' has not been found"));
  }

  @Override
  public void print(String text) {
    guest.print(text);
  }
}
