package org.vfioap.bus;

import org.vfioap.ap.Faults;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.sysfs.SysfsFile;

/**
 * A file of a card or queue, which may be at fault: then it answers without asking the attribute.
 */
record FaultyFile(SysfsFile file, Faults faults, String device, String name) implements SysfsFile {

  static SysfsFile of(SysfsFile file, Faults faults, ApDevice device, String name) {
    return new FaultyFile(file, faults, device.name(), name);
  }

  @Override
  public int mode() {
    return file.mode();
  }

  @Override
  public String show() {
    faults.onRead(device, name).ifPresent(this::refuse);
    return file.show();
  }

  @Override
  public void store(String text) {
    faults.onWrite(device, name).ifPresent(this::refuse);
    file.store(text);
  }

  @Override
  public void checkAlive() {
    file.checkAlive();
  }

  /** The kernel does not ask the attribute of a device that is gone. */
  private void refuse(Errno errno) {
    checkAlive();
    throw KernelRefusal.of(errno, device + "/" + name + " was made faulty");
  }
}
