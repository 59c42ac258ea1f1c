package org.vfioap.bus;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.vfioap.ap.AdapterType;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.kernel.KernelRules;

/**
 * The host's default drivers.
 *
 * <p>Source: Linux 6.1 zcrypt_cex2a.c, zcrypt_cex2c.c, zcrypt_cex4.c: CEX2A and CEX3A, CEX2C and
 * CEX3C, CEX4 and newer, a card and a queue driver each.
 */
enum HostDriver implements ApDriver {
  CEX2ACARD(Kind.CARD, "zcrypt_cex2a", AdapterType.CEX2A, AdapterType.CEX3A),
  CEX2AQUEUE(Kind.QUEUE, "zcrypt_cex2a", AdapterType.CEX2A, AdapterType.CEX3A),
  /** The kernel spells it without the second C. */
  CEX2CARD(Kind.CARD, "zcrypt_cex2c", AdapterType.CEX2C, AdapterType.CEX3C),
  CEX2CQUEUE(Kind.QUEUE, "zcrypt_cex2c", AdapterType.CEX2C, AdapterType.CEX3C),
  CEX4CARD(Kind.CARD, "zcrypt_cex4", AdapterType.CEX4, AdapterType.CEX8),
  CEX4QUEUE(Kind.QUEUE, "zcrypt_cex4", AdapterType.CEX4, AdapterType.CEX8);

  private enum Kind {
    CARD,
    QUEUE
  }

  private final String driverName = name().toLowerCase(Locale.ROOT);
  private final Kind kind;
  private final String module;
  private final AdapterType first;
  private final AdapterType last;

  HostDriver(Kind kind, String module, AdapterType first, AdapterType last) {
    this.kind = kind;
    this.module = module;
    this.first = first;
    this.last = last;
  }

  @Override
  public boolean isDefault() {
    return true;
  }

  @Override
  public boolean matches(ApDevice device) {
    boolean sameKind = (device instanceof ApCard) == (kind == Kind.CARD);
    AdapterType type = device.card().type();
    // A and C alternate among the old types; from CEX4 on the mode is a matter of function bits.
    boolean sameType = last.hasModes() ? type.hasModes() : type == first || type == last;
    return sameKind && sameType;
  }

  @Override
  public boolean probe(ApDevice device) {
    if (last.hasModes() && device.card().mode().isEmpty()) {
      return false;
    }
    device.initialise();
    return true;
  }

  @Override
  public void remove(ApDevice device) {
    device.shutDown();
  }

  /** Returns the drivers of a kernel: those of CEX2 and CEX3 are not in every one. */
  static List<HostDriver> of(KernelProfile profile) {
    boolean old = profile.has(KernelRules.OLD_ADAPTERS);
    return Arrays.stream(values()).filter(driver -> old || driver.last.hasModes()).toList();
  }

  @Override
  public String module() {
    return module;
  }

  @Override
  public String driverName() {
    return driverName;
  }
}
