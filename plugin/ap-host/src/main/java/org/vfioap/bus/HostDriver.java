package org.vfioap.bus;

import java.util.Locale;
import org.vfioap.ap.AdapterType;

/**
 * The host's default drivers.
 *
 * <p>Source: Linux 6.1 zcrypt_cex2a.c, zcrypt_cex2c.c, zcrypt_cex4.c: CEX2A and CEX3A, CEX2C and
 * CEX3C, CEX4 and newer, a card and a queue driver each.
 */
enum HostDriver implements ApDriver {
  CEX2ACARD(Kind.CARD, AdapterType.CEX2A, AdapterType.CEX3A),
  CEX2AQUEUE(Kind.QUEUE, AdapterType.CEX2A, AdapterType.CEX3A),
  CEX2CCARD(Kind.CARD, AdapterType.CEX2C, AdapterType.CEX3C),
  CEX2CQUEUE(Kind.QUEUE, AdapterType.CEX2C, AdapterType.CEX3C),
  CEX4CARD(Kind.CARD, AdapterType.CEX4, AdapterType.CEX8),
  CEX4QUEUE(Kind.QUEUE, AdapterType.CEX4, AdapterType.CEX8);

  private enum Kind {
    CARD,
    QUEUE
  }

  private final String driverName = name().toLowerCase(Locale.ROOT);
  private final Kind kind;
  private final AdapterType first;
  private final AdapterType last;

  HostDriver(Kind kind, AdapterType first, AdapterType last) {
    this.kind = kind;
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

  @Override
  public String driverName() {
    return driverName;
  }
}
