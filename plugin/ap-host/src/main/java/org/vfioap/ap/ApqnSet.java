package org.vfioap.ap;

/**
 * A set of APQNs that changes: one row of 256 domain bits per adapter.
 *
 * <p>Questions about a whole adapter cost four words, where the kernel walks its queue table once
 * per APQN. Not safe for use by several threads at once.
 */
public final class ApqnSet {
  private final long[] words = new long[256 * 4];

  private ApqnSet() {}

  /** Creates an empty set. */
  public static ApqnSet create() {
    return new ApqnSet();
  }

  /** Adds one APQN. */
  public void add(int adapter, int domain) {
    words[(adapter << 2) + (domain >> 6)] |= Long.MIN_VALUE >>> (domain & 63);
  }

  /** Removes one APQN. */
  public void remove(int adapter, int domain) {
    words[(adapter << 2) + (domain >> 6)] &= ~(Long.MIN_VALUE >>> (domain & 63));
  }

  /** Tells whether the APQN is in the set. */
  public boolean has(int adapter, int domain) {
    return (words[(adapter << 2) + (domain >> 6)] & (Long.MIN_VALUE >>> (domain & 63))) != 0;
  }

  /** Adds all APQNs of an adapter and these domains. */
  public void addAll(int adapter, ApMask domains) {
    for (int i = 0; i < 4; i++) {
      words[(adapter << 2) + i] |= domains.word(i);
    }
  }

  /** Removes all APQNs of an adapter and these domains. */
  public void removeAll(int adapter, ApMask domains) {
    for (int i = 0; i < 4; i++) {
      words[(adapter << 2) + i] &= ~domains.word(i);
    }
  }

  /** Tells whether any APQN of the adapter and these domains is in the set. */
  public boolean hasAny(int adapter, ApMask domains) {
    for (int i = 0; i < 4; i++) {
      if ((words[(adapter << 2) + i] & domains.word(i)) != 0) {
        return true;
      }
    }
    return false;
  }

  /** Tells whether all APQNs of the adapter and these domains are in the set. */
  public boolean hasAll(int adapter, ApMask domains) {
    for (int i = 0; i < 4; i++) {
      if ((domains.word(i) & ~words[(adapter << 2) + i]) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Tells whether the Cartesian product of the masks has an APQN in common with the set. */
  public boolean hasAny(ApMask adapters, ApMask domains) {
    for (int adapter = adapters.next(0); adapter >= 0; adapter = adapters.next(adapter + 1)) {
      if (hasAny(adapter, domains)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the domains of an adapter. */
  public ApMask row(int adapter) {
    int start = adapter << 2;
    return ApMask.ofWords(words[start], words[start + 1], words[start + 2], words[start + 3]);
  }
}
