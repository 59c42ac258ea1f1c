package org.vfioap.mdev;

import org.jspecify.annotations.Nullable;
import org.vfioap.ap.ApConfig;
import org.vfioap.ap.ApMatrix;

/**
 * A vfio_ap mediated device: what was assigned to it, and what a guest gets or would get.
 *
 * <p>Read and changed with the kernel's lock held; only whether it can be used may be asked
 * without.
 */
public final class MatrixMdev {
  private final String uuid;
  private final int group;
  private final int minor;
  private final int lastAdapter;
  private final int lastDomain;
  private ApMatrix assigned = ApMatrix.EMPTY;
  private ApMatrix shadow = ApMatrix.EMPTY;
  private ApMatrix arriving = ApMatrix.EMPTY;
  private @Nullable Guest guest;
  private boolean open;
  private volatile boolean removing;
  private volatile boolean gone;

  MatrixMdev(String uuid, int group, int minor, ApConfig config) {
    this.uuid = uuid;
    this.group = group;
    this.minor = minor;
    lastAdapter = config.lastAdapter();
    lastDomain = config.lastDomain();
  }

  /** Returns the UUID in lower case, the name of the device. */
  public String uuid() {
    return uuid;
  }

  /** Returns the number of its IOMMU group: {@code /dev/vfio/N}. */
  public int group() {
    return group;
  }

  /** Returns the number of its vfio device, {@code vfio-dev/vfioN}. */
  int minor() {
    return minor;
  }

  int lastAdapter() {
    return lastAdapter;
  }

  int lastDomain() {
    return lastDomain;
  }

  /** Returns what was assigned: {@code matrix} and {@code control_domains}. */
  public ApMatrix assigned() {
    return assigned;
  }

  void assigned(ApMatrix matrix) {
    assigned = matrix;
  }

  /** Returns what the guest gets, or would get if there were one: {@code guest_matrix}. */
  public ApMatrix guestMatrix() {
    return shadow;
  }

  /** Sets what the guest gets, and loads it if there is a guest. */
  void guestMatrix(ApMatrix matrix) {
    shadow = matrix;
    loadGuest();
  }

  void loadGuest() {
    if (guest != null) {
      guest.load(shadow);
    }
  }

  /** Returns what the scan under way found to be new and belongs to this mdev. */
  ApMatrix arriving() {
    return arriving;
  }

  void arriving(ApMatrix matrix) {
    arriving = matrix;
  }

  boolean hasArrivals() {
    return !(arriving.adapters().isEmpty() && arriving.domains().isEmpty());
  }

  /** Returns the guest that uses it; null if none does, or one without crypto. */
  public @Nullable Guest guest() {
    return guest;
  }

  void attach(Guest newGuest) {
    guest = newGuest;
  }

  void detach() {
    guest = null;
  }

  /** Tells whether a program holds it open. */
  public boolean isOpen() {
    return open;
  }

  void open(boolean isOpen) {
    open = isOpen;
  }

  /** Tells whether its removal waits for the program that holds it open. */
  public boolean isRemoving() {
    return removing;
  }

  void startRemoving() {
    removing = true;
  }

  /** Tells whether it was removed. */
  boolean isGone() {
    return gone;
  }

  void finishRemoving() {
    gone = true;
  }

  /** Tells whether its attributes can be used. */
  boolean isUsable() {
    return !removing && !gone;
  }

  /** Returns the UUID. */
  @Override
  public String toString() {
    return uuid;
  }
}
