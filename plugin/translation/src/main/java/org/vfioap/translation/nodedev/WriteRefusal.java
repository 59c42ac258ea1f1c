package org.vfioap.translation.nodedev;

import java.util.List;
import org.vfioap.kernel.Errno;
import org.vfioap.translation.files.SysfsWrite;

/** The kernel refused a write, and what was written before it was undone. */
public final class WriteRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient SysfsWrite write;
  private final Errno errno;
  private final transient List<SysfsWrite> undone;

  WriteRefusal(String number, SysfsWrite write, Errno errno, Undo.Result undo) {
    super(message(number, write, errno, undo));
    this.write = write;
    this.errno = errno;
    this.undone = List.copyOf(undo.done());
  }

  private static String message(String number, SysfsWrite write, Errno errno, Undo.Result undo) {
    StringBuilder text = new StringBuilder(64);
    text.append(number).append(": ").append(write.toShell()).append(": ");
    text.append(errno).append(" (").append(errno.text()).append("): ");
    text.append(WriteMeaning.of(write, errno));
    undo.done().forEach(each -> text.append("\nundone: ").append(each.toShell()));
    undo.refused().forEach(each -> text.append("\nnot undone: ").append(each.toShell()));
    return text.toString();
  }

  /** Returns the write that was refused. */
  public SysfsWrite write() {
    return write;
  }

  /** Returns why. */
  public Errno errno() {
    return errno;
  }

  /** Returns the writes that brought everything back, in order. */
  public List<SysfsWrite> undone() {
    return undone;
  }
}
