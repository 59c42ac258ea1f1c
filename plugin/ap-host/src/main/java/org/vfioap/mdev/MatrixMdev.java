package org.vfioap.mdev;

import java.util.EnumMap;
import java.util.Map;
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
  private final Map<MdevSignal, Runnable> listeners = new EnumMap<>(MdevSignal.class);
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

  /** Sets what the guest gets. If that is a change and there is a guest, it is loaded and told. */
  void guestMatrix(ApMatrix matrix) {
    if (!matrix.equals(shadow)) {
      shadow = matrix;
      update(shadow);
    }
  }

  /** Takes everything from the guest; what it would get stays as it is. */
  void clearGuest() {
    update(ApMatrix.EMPTY);
  }

  private void update(ApMatrix matrix) {
    if (guest != null) {
      guest.load(matrix);
      signal(MdevSignal.CONFIGURATION_CHANGED);
    }
  }

  /** Gives the mdev to a guest, which gets what there is. */
  void connect(Guest newGuest) {
    guest = newGuest;
    newGuest.attach(this);
    newGuest.load(shadow);
  }

  /** Registers who is told, or nobody. It stays registered when the mdev is closed. */
  void onSignal(MdevSignal signal, @Nullable Runnable listener) {
    if (listener == null) {
      listeners.remove(signal);
    } else {
      listeners.put(signal, listener);
    }
  }

  boolean listensTo(MdevSignal signal) {
    return listeners.containsKey(signal);
  }

  void signal(MdevSignal signal) {
    Runnable listener = listeners.get(signal);
    if (listener != null) {
      listener.run();
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
