package org.vfioap.translation.libvirt;

/** The languages of QEMU's monitors. */
public enum MonitorLanguage {
  /** JSON for programs. */
  QMP(0),
  /** Lines for people: {@code --hmp}. */
  HMP(1);

  private final int flag;

  MonitorLanguage(int flag) {
    this.flag = flag;
  }

  int flag() {
    return flag;
  }
}
