package org.vfioap.qemu.qapi;

import java.util.Optional;
import org.vfioap.qemu.host.Errno;
import org.vfioap.qemu.host.HostFiles;

/**
 * The texts about arguments that all commands share. Source: include/qapi/qmp/qerror.h of QEMU 7.2.
 */
public final class Refusals {
  private Refusals() {}

  /** Returns the error for a mandatory argument that is absent. */
  public static QemuError missing(String name) {
    return QemuError.generic("Parameter '" + name + "' is missing");
  }

  /** Returns the error for a file that the kernel does not open. */
  public static QemuError unopened(String name, Errno why) {
    return QemuError.generic("Could not open '" + name + "': " + why.text());
  }

  /** Refuses a file that cannot be opened to read; what is opened is closed again. */
  public static void checkReadable(String name) throws QemuError {
    Optional<Errno> why = HostFiles.unreadable(name);
    if (why.isPresent()) {
      throw unopened(name, why.get());
    }
  }

  /** Returns the error for an argument that nobody knows. */
  public static QemuError unexpected(String name) {
    return QemuError.generic("Parameter '" + name + "' is unexpected");
  }

  /** Returns the error for an argument of the wrong JSON type. */
  public static QemuError type(String name, String expected) {
    return QemuError.generic("Invalid parameter type for '" + name + "', expected: " + expected);
  }

  /** Returns the error for an argument whose value must be {@code expected}. */
  public static QemuError expects(String name, String expected) {
    return QemuError.generic("Parameter '" + name + "' expects " + expected);
  }

  /** Returns the error for a value that is none of the enumeration's. */
  public static QemuError enumeration(String name, String value) {
    return QemuError.generic("Parameter '" + name + "' does not accept value '" + value + "'");
  }
}
