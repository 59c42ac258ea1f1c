package org.vfioap.scenario;

import java.nio.charset.StandardCharsets;
import org.vfioap.sysfs.OpenFile.Shown;
import org.vfioap.sysfs.SysfsTree;

/** How a scenario reads and writes the files of its machine. Paths begin with {@code /sys}. */
public interface ScenarioFiles extends AutoCloseable {
  /**
   * Opens, reads once and closes a file.
   *
   * @throws org.vfioap.kernel.KernelRefusal with the errno of the call that failed
   */
  Shown read(String path);

  /**
   * Opens, writes once and closes a file.
   *
   * @return what write(2) returns
   * @throws org.vfioap.kernel.KernelRefusal with the errno of the call that failed
   */
  int write(String path, byte[] bytes);

  /** The scenario is over. */
  @Override
  default void close() {}

  /** Returns the machine's own tree. */
  static ScenarioFiles of(SysfsTree tree) {
    return new ScenarioFiles() {
      @Override
      public Shown read(String path) {
        return tree.open(path, SysfsTree.Access.READ).read();
      }

      @Override
      public int write(String path, byte[] bytes) {
        return tree.write(path, new String(bytes, StandardCharsets.ISO_8859_1));
      }
    };
  }
}
