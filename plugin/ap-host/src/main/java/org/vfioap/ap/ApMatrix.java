package org.vfioap.ap;

/**
 * Adapters, usage domains and control domains that belong together: what an mdev was assigned, or
 * what a guest gets.
 *
 * @param adapters APM
 * @param domains AQM, usage domains
 * @param controlDomains ADM
 */
public record ApMatrix(ApMask adapters, ApMask domains, ApMask controlDomains) {
  /** Nothing at all. */
  public static final ApMatrix EMPTY = new ApMatrix(ApMask.NONE, ApMask.NONE, ApMask.NONE);

  /** Returns the same with other adapters. */
  public ApMatrix withAdapters(ApMask mask) {
    return new ApMatrix(mask, domains, controlDomains);
  }

  /** Returns the same with other usage domains. */
  public ApMatrix withDomains(ApMask mask) {
    return new ApMatrix(adapters, mask, controlDomains);
  }

  /** Returns the same with other control domains. */
  public ApMatrix withControlDomains(ApMask mask) {
    return new ApMatrix(adapters, domains, mask);
  }

  /** Tells whether the APQN is in the product of adapters and usage domains. */
  public boolean has(int adapter, int domain) {
    return adapters.has(adapter) && domains.has(domain);
  }

  /**
   * Returns what {@code matrix} and {@code guest_matrix} show: one {@code 05.0004} a line, adapter
   * by adapter; {@code 05.} if there are only adapters, {@code .0004} if there are only domains.
   *
   * <p>Source: Linux 6.1 vfio_ap_ops.c, vfio_ap_mdev_matrix_show.
   */
  public String apqnLines() {
    StringBuilder lines = new StringBuilder(8 * Math.max(1, adapters.size() * domains.size()));
    if (adapters.isEmpty()) {
      appendDomains(lines, "");
    }
    for (int a = adapters.next(0); a >= 0; a = adapters.next(a + 1)) {
      String adapter = Hex.twoDigits(a);
      if (domains.isEmpty()) {
        lines.append(adapter).append(".\n");
      } else {
        appendDomains(lines, adapter);
      }
    }
    return lines.toString();
  }

  private void appendDomains(StringBuilder lines, String adapter) {
    for (int d = domains.next(0); d >= 0; d = domains.next(d + 1)) {
      lines.append(adapter).append('.').append(Hex.fourDigits(d)).append('\n');
    }
  }

  /** Returns what {@code control_domains} shows: one {@code 0004} a line. */
  public String controlDomainLines() {
    StringBuilder lines = new StringBuilder(5 * controlDomains.size());
    for (int d = controlDomains.next(0); d >= 0; d = controlDomains.next(d + 1)) {
      lines.append(Hex.fourDigits(d)).append('\n');
    }
    return lines.toString();
  }
}
