package org.vfioap.mount;

import org.vfioap.host.ApHost;
import org.vfioap.vm.FirstProcess.Companion;

/** What the directories of a machine and its guests need of whoever mounted them. */
interface Surroundings {
  /** Gets the machine and every Linux that boots below, before programs see it. */
  void watch(ApHost host);

  /** Returns what accompanies the first processes of the machine and every Linux below. */
  Companion companion();

  /** The calling thread, which answers a program, is about to wait, perhaps long. */
  void beginsToWait();

  /** The directory of a guest has come, gone or changed. */
  void announce();
}
