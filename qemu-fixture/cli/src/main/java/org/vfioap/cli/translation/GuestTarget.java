package org.vfioap.cli.translation;

import org.vfioap.xml.hostdev.Hostdev;

/** A guest that can be changed, in one way or another. */
interface GuestTarget extends AutoCloseable {
  /** Gives it a device. */
  void attach(Hostdev hostdev);

  /** Takes the device with the same UUID. */
  void detach(Hostdev hostdev);

  /** Takes the device with this alias. */
  void detachAlias(String alias);

  @Override
  void close();
}
