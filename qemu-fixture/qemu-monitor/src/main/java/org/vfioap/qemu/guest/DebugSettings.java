package org.vfioap.qemu.guest;

/** What people switch in the monitor; all monitors share it. Source: monitor/misc.c of QEMU 7.2. */
public final class DebugSettings {
  private char format = 'x';
  private int size = 4;
  private boolean singleStep;
  private boolean syncProfile;
  private String logFile = "";

  DebugSettings() {}

  /** Returns how numbers were printed last: {@code x}, {@code d}, {@code u}, {@code o}, … */
  public char format() {
    return format;
  }

  /** Returns how many bytes a number took last: 1, 2, 4 or 8. */
  public int size() {
    return size;
  }

  /** Makes a format the one that holds until another is given. */
  public void useFormat(char newFormat, int newSize) {
    format = newFormat;
    size = newSize;
  }

  /** Says whether CPUs stop after each instruction. */
  public boolean isSingleStep() {
    return singleStep;
  }

  /** Switches single steps. */
  public void setSingleStep(boolean on) {
    singleStep = on;
  }

  /** Returns what is wrong with the file that is logged to: a line, or nothing. */
  public String logFile() {
    return logFile;
  }

  /** Keeps what is wrong with the file that is logged to. */
  public void setLogFile(String complaint) {
    logFile = complaint;
  }

  /** Says whether locks are profiled. */
  public boolean isSyncProfile() {
    return syncProfile;
  }

  /** Switches the profile of locks. */
  public void setSyncProfile(boolean on) {
    syncProfile = on;
  }
}
