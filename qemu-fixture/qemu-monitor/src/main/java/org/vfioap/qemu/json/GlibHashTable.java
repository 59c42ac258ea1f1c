package org.vfioap.qemu.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names in the order in which a GLib hash table walks them.
 *
 * <p>QEMU lists properties and picks the first surplus argument in that order, so it can be seen
 * from outside. Open addressing with tombstones, prime moduli, and re-insertion in place when the
 * table grows. Source: glib/ghash.c of GLib 2.74; measured with {@code qom-list}.
 */
public final class GlibHashTable {
  private static final int[] PRIMES = {
    1, 2, 3, 7, 13, 31, 61, 127, 251, 509, 1021, 2039, 4093, 8191, 16381, 32749, 65521
  };
  private static final int SMALLEST_SHIFT = 3;
  private static final int UNUSED = 0;
  private static final int TOMBSTONE = 1;

  private int shift = SMALLEST_SHIFT;
  private int[] hashes = new int[1 << SMALLEST_SHIFT];
  private @Nullable String[] keys = new String[1 << SMALLEST_SHIFT];
  private int live;
  private int occupied;

  /** Creates an empty one. */
  public GlibHashTable() {}

  /** Adds {@code key} unless it is there. */
  public void insert(String key) {
    int hash = hash(key);
    int at = lookup(key, hash);
    if (hashes[at] > TOMBSTONE || hashes[at] < 0) {
      return;
    }
    boolean fresh = hashes[at] == UNUSED;
    hashes[at] = hash;
    keys[at] = key;
    live++;
    if (fresh) {
      occupied++;
      resizeIfNeeded();
    }
  }

  /** Removes {@code key} if it is there. */
  public void remove(String key) {
    int at = lookup(key, hash(key));
    if (key.equals(keys[at])) {
      hashes[at] = TOMBSTONE;
      keys[at] = null;
      live--;
      resizeIfNeeded();
    }
  }

  /** Returns the keys in the table's order. */
  public List<String> keys() {
    List<String> ordered = new ArrayList<>(live);
    for (String key : keys) {
      if (key != null) {
        ordered.add(key);
      }
    }
    return ordered;
  }

  private static int hash(String key) {
    int hash = 5381;
    for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
      hash = hash * 33 + b;
    }
    return hash == UNUSED || hash == TOMBSTONE ? 2 : hash;
  }

  private int index(int hash) {
    return Integer.remainderUnsigned(hash * 11, PRIMES[shift]);
  }

  private int lookup(String key, int hash) {
    int at = index(hash);
    int tombstone = -1;
    int step = 0;
    while (hashes[at] != UNUSED) {
      if (hashes[at] == hash && key.equals(keys[at])) {
        return at;
      }
      if (hashes[at] == TOMBSTONE && tombstone < 0) {
        tombstone = at;
      }
      step++;
      at = (at + step) & (hashes.length - 1);
    }
    return tombstone >= 0 ? tombstone : at;
  }

  private void resizeIfNeeded() {
    int size = hashes.length;
    boolean sparse = size > live * 4 && size > 1 << SMALLEST_SHIFT;
    boolean full = size <= occupied + occupied / 16;
    if (sparse || full) {
      resize();
    }
  }

  private void resize() {
    int[] oldHashes = hashes;
    @Nullable String[] oldKeys = keys;
    int wanted = (int) (live * 1.333);
    shift = Math.max(SMALLEST_SHIFT, Integer.SIZE - Integer.numberOfLeadingZeros(wanted));
    int size = 1 << shift;
    int larger = Math.max(size, oldHashes.length);
    hashes = java.util.Arrays.copyOf(oldHashes, larger);
    keys = java.util.Arrays.copyOf(oldKeys, larger);
    reinsert(oldHashes.length, new boolean[larger], size - 1);
    hashes = java.util.Arrays.copyOf(hashes, size);
    keys = java.util.Arrays.copyOf(keys, size);
    occupied = live;
  }

  /**
   * Moves each entry to its new place, evicting what is there, until an eviction finds a free
   * place.
   */
  private void reinsert(int oldSize, boolean[] settled, int mask) {
    for (int i = 0; i < oldSize; i++) {
      int hash = hashes[i];
      if (hash == UNUSED || hash == TOMBSTONE) {
        hashes[i] = UNUSED;
      } else if (!settled[i]) {
        String key = keys[i];
        hashes[i] = UNUSED;
        keys[i] = null;
        settle(hash, key, settled, mask);
      }
    }
  }

  private void settle(int firstHash, @Nullable String firstKey, boolean[] settled, int mask) {
    int hash = firstHash;
    String key = firstKey;
    while (hash != UNUSED && hash != TOMBSTONE) {
      int at = index(hash);
      for (int step = 1; settled[at]; step++) {
        at = (at + step) & mask;
      }
      settled[at] = true;
      int evictedHash = hashes[at];
      String evictedKey = keys[at];
      hashes[at] = hash;
      keys[at] = key;
      hash = evictedHash;
      key = evictedKey;
    }
  }
}
