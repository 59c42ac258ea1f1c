package org.vfioap.qemu.qmp;

import org.vfioap.qemu.json.JsonArray;

/** The character devices of the process, for the commands that show them. */
public interface MonitorList {
  /** Answers {@code query-chardev}. */
  JsonArray chardevs();
}
