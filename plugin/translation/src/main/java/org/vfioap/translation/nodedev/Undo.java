package org.vfioap.translation.nodedev;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.translation.files.HostFiles;
import org.vfioap.translation.files.SysfsWrite;

/** The writes that bring back what was, the last one first. */
final class Undo {
  private final Deque<SysfsWrite> writes = new ArrayDeque<>();

  /**
   * What became of them.
   *
   * @param done were performed
   * @param refused were refused, in turn
   */
  record Result(List<SysfsWrite> done, List<SysfsWrite> refused) {}

  void push(SysfsWrite write) {
    writes.push(write);
  }

  /** Performs all; a refused one does not keep the others from being performed. */
  Result perform(HostFiles files) {
    Result result = new Result(new ArrayList<>(), new ArrayList<>());
    for (SysfsWrite each : writes) {
      try {
        files.write(each);
        result.done().add(each);
      } catch (KernelRefusal refusal) {
        result.refused().add(each);
      }
    }
    return result;
  }
}
