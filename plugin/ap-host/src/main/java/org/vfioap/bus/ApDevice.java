package org.vfioap.bus;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A card or queue device on the AP bus.
 *
 * <p>Changed with the kernel's lock held; which driver it has may be asked without.
 */
public abstract sealed class ApDevice permits ApCard, ApQueue {
  private volatile @Nullable ApDriver driver;
  private boolean registered = true;
  private boolean configured;
  private boolean checkstopped;
  private boolean online;

  ApDevice(boolean configured, boolean checkstopped) {
    this.configured = configured;
    this.checkstopped = checkstopped;
  }

  /** Returns the card that this device is or belongs to. */
  public abstract ApCard card();

  /** Returns the directory name, {@code card05} or {@code 05.0004}. */
  public abstract String name();

  /** Returns the directory below /sys, {@code /devices/ap/card05/05.0004}. */
  public abstract String devpath();

  /** Returns DEVTYPE, DRIVER and what else {@code ap_uevent} adds, in order. */
  public final List<String> properties() {
    return properties(driverName());
  }

  /** Returns the same of a time when the driver was this one; the rest never changes. */
  final List<String> properties(String driverName) {
    List<String> properties = new ArrayList<>();
    properties.add("DEVTYPE=" + (this instanceof ApCard ? "ap_card" : "ap_queue"));
    if (!driverName.isEmpty()) {
      properties.add("DRIVER=" + driverName);
    }
    if (this instanceof ApCard card) {
      properties.add(String.format("DEV_TYPE=%04X", card.type().number()));
      properties.add(card.modalias("MODALIAS="));
    }
    properties.add("MODE=" + card().modeLabel());
    return properties;
  }

  /** Returns the driver that has the device, if any. */
  public final @Nullable ApDriver driver() {
    return driver;
  }

  /** Returns the name of that driver, empty if there is none. */
  public final String driverName() {
    return driver == null ? "" : driver.driverName();
  }

  final void driver(@Nullable ApDriver newDriver) {
    driver = newDriver;
  }

  /** Tells whether the device still exists; open files of one that went answer ENODEV. */
  public final boolean isRegistered() {
    return registered;
  }

  final void unregister() {
    registered = false;
  }

  /** Returns what {@code config} shows. */
  public final boolean configured() {
    return configured;
  }

  final void configured(boolean on) {
    configured = on;
  }

  /** Returns what {@code chkstop} shows. */
  public final boolean checkstopped() {
    return checkstopped;
  }

  final void checkstopped(boolean on) {
    checkstopped = on;
  }

  /**
   * Tells whether the host's driver was told to use it; {@code online} also wants it configured.
   */
  final boolean online() {
    return online;
  }

  final void online(boolean on) {
    online = on;
  }

  /** A host driver takes the device: it is reset and goes online. */
  void initialise() {
    online = true;
  }

  /** A host driver gives the device up. */
  void shutDown() {
    online = false;
  }
}
