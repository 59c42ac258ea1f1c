package org.vfioap.ap;

import java.util.Locale;

/**
 * The state of a master key register.
 *
 * <p>Source: Linux 6.12 zcrypt_cex4.c, cca_mkvps_show and ep11_mkvps_show.
 */
public enum KeyState {
  /** The coprocessor did not say. */
  UNKNOWN(false),
  EMPTY(false),
  /** The first part of a new key was loaded, the last one not yet. */
  PARTIAL(false),
  FULL(true),
  INVALID(false),
  VALID(true),
  UNCOMMITTED(true),
  COMMITTED(true);

  private final boolean hasPattern;

  KeyState(boolean hasPattern) {
    this.hasPattern = hasPattern;
  }

  /** Tells whether there is a key to have a verification pattern. */
  public boolean hasPattern() {
    return hasPattern;
  }

  /** Returns the word in {@code mkvps}; a hyphen if it is not known. */
  public String label() {
    return this == UNKNOWN ? "-" : name().toLowerCase(Locale.ROOT);
  }
}
