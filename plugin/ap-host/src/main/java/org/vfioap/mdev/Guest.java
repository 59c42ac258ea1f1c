package org.vfioap.mdev;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.vfioap.ap.ApMatrix;
import org.vfioap.ap.Changes;

/**
 * A KVM guest as vfio_ap sees it: an APCB, or none at all.
 *
 * <p>Changed with the lock of the kernel that runs it; {@link #apcb} may be read from any thread.
 */
public final class Guest {
  private final String name;
  private final boolean crypto;
  private final Set<CpuFeature> features;
  private final boolean secure;
  private volatile GuestApcb apcb;
  private final Changes changes = new Changes();
  private @Nullable MatrixMdev mdev;

  private Guest(
      String name, boolean crypto, CrycbFormat format, Set<CpuFeature> features, boolean secure) {
    this.name = name;
    this.crypto = crypto;
    this.secure = secure;
    this.features = features.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(features));
    apcb = GuestApcb.empty(format);
  }

  /**
   * Creates a guest.
   *
   * @param name how people call it
   * @param format of its CRYCB
   * @param features CPU features that it was given
   */
  public static Guest of(String name, CrycbFormat format, Set<CpuFeature> features) {
    return new Guest(name, true, format, features, false);
  }

  /**
   * Creates a guest without crypto control block: it may open an mdev, but gets nothing from it.
   */
  public static Guest withoutCrypto(String name) {
    return new Guest(name, false, CrycbFormat.FORMAT2, Set.of(), false);
  }

  /**
   * Returns a guest like this one, but under Secure Execution: inside, {@code se_bind} and {@code
   * se_associate} bind its AP queues, if the machine has APSB and the kernel knows it. To be called
   * before the guest opens an mdev or boots.
   */
  public Guest underSecureExecution() {
    return new Guest(name, crypto, apcb.format(), features, true);
  }

  /** Returns the name. */
  public String name() {
    return name;
  }

  /** Tells whether the guest has a CRYCB. */
  public boolean hasCrypto() {
    return crypto;
  }

  /** Tells whether the guest runs under Secure Execution. */
  public boolean isSecure() {
    return secure;
  }

  /** Returns the CPU features for AP that the guest was given. */
  public Set<CpuFeature> features() {
    return features;
  }

  /** Returns what the guest can address at this moment. */
  public GuestApcb apcb() {
    return apcb;
  }

  /** Returns a number that changes with every change of the APCB. */
  public long version() {
    return changes.version();
  }

  /** Calls the listener after each change of the APCB, see {@link Changes#listen}. */
  public Changes.Handle onChange(Runnable listener) {
    return changes.listen(listener);
  }

  @Nullable MatrixMdev mdev() {
    return mdev;
  }

  void attach(MatrixMdev newMdev) {
    mdev = newMdev;
  }

  void detach() {
    mdev = null;
    load(ApMatrix.EMPTY);
  }

  /** {@code kvm_arch_crypto_set_masks}. */
  void load(ApMatrix matrix) {
    apcb = new GuestApcb(matrix, apcb.format());
    changes.changed();
  }

  /** Returns the name. */
  @Override
  public String toString() {
    return name;
  }
}
