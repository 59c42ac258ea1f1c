package org.vfioap.translation.nodedev;

import java.util.List;
import java.util.Optional;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.translation.files.HostFiles;
import org.vfioap.translation.files.SysfsWrite;

/**
 * Creates, fills and removes mediated devices by writing to /sys. If a write is refused, all before
 * it are undone: an mdev that was created here is removed, and one that was there before has again
 * what it had.
 */
public final class MdevWriter {
  private final HostFiles files;

  private MdevWriter(HostFiles files) {
    this.files = files;
  }

  /** Returns a writer for a host. */
  public static MdevWriter on(HostFiles files) {
    return new MdevWriter(files);
  }

  /**
   * Creates and fills a device.
   *
   * @throws WriteRefusal if the kernel refuses a write; nothing is left behind
   */
  public void create(MdevConfiguration mdev) {
    Undo undo = new Undo();
    List<SysfsWrite> writes = mdev.writes();
    perform(writes, 0, undo);
    undo.push(mdev.removal());
    fill(writes, 1, mdev, undo, false);
  }

  /**
   * Performs the attribute writes on a device that exists.
   *
   * @throws WriteRefusal if the kernel refuses a write; the device has what it had
   */
  public void modify(MdevConfiguration mdev) {
    fill(mdev.attributeWrites(), 0, mdev, new Undo(), true);
  }

  /**
   * Removes a device.
   *
   * @throws WriteRefusal if the kernel refuses
   */
  public void remove(MdevConfiguration mdev) {
    perform(List.of(mdev.removal()), 0, new Undo());
  }

  private void fill(
      List<SysfsWrite> writes, int from, MdevConfiguration mdev, Undo undo, boolean oneByOne) {
    for (int i = from; i < writes.size(); i++) {
      Optional<SysfsWrite> inverse =
          oneByOne ? inverse(writes.get(i), mdev.directory()) : Optional.empty();
      perform(writes, i, undo);
      inverse.ifPresent(undo::push);
    }
  }

  private void perform(List<SysfsWrite> writes, int index, Undo undo) {
    SysfsWrite write = writes.get(index);
    try {
      files.write(write);
    } catch (KernelRefusal refusal) {
      String number = "write " + (index + 1) + " of " + writes.size();
      throw new WriteRefusal(number, write, refusal.errno(), undo.perform(files));
    }
  }

  /** A write that changes nothing has nothing to undo. */
  private Optional<SysfsWrite> inverse(SysfsWrite write, String directory) {
    String file = write.file();
    if (file.equals("ap_config")) {
      return Optional.of(new SysfsWrite(write.path(), files.read(write.path()).strip()));
    }
    boolean assigns = file.startsWith("assign_");
    Optional<Integer> number = MatrixState.number(write.value());
    boolean changes =
        MatrixState.read(files, directory)
            .changedBy(file)
            .filter(set -> number.isPresent() && set.contains(number.get()) != assigns)
            .isPresent();
    String other = assigns ? "un" + file : file.substring(2);
    String path = write.path().substring(0, write.path().length() - file.length()) + other;
    return changes ? Optional.of(new SysfsWrite(path, write.value())) : Optional.empty();
  }
}
