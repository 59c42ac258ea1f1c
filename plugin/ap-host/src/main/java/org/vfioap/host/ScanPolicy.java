package org.vfioap.host;

/** When the AP bus looks at its hardware. A write to {@code scans} always makes it look. */
public enum ScanPolicy {
  /** At once after every change made through {@link ApHost#change}. */
  IMMEDIATE,
  /** Only when it is told to: {@link ApHost#scan}. */
  STEPPED,
  /**
   * Every {@code config_time} seconds of the machine's clock. A scan that is due runs before the
   * next look at a file, or when {@link ApHost#scanIfDue} is called.
   */
  TIMED
}
