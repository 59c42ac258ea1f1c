package org.vfioap.ap;

/**
 * What PQAP(QCI) answers: the AP configuration of a machine.
 *
 * @param adapters the APM
 * @param domains the AQM, usage domains
 * @param controlDomains the ADM
 * @param maxAdapter highest adapter number, where extended addressing is installed
 * @param maxDomain highest domain number, where extended addressing is installed
 * @param extendedAddressing whether it is
 */
public record ApConfig(
    ApMask adapters,
    ApMask domains,
    ApMask controlDomains,
    int maxAdapter,
    int maxDomain,
    boolean extendedAddressing) {

  /** What drivers see of a machine without QCI: nothing, and the small maxima. */
  public static final ApConfig UNKNOWN =
      new ApConfig(ApMask.NONE, ApMask.NONE, ApMask.NONE, 0, 0, false);

  /** Returns the highest adapter number that can be addressed: 63 without extended addressing. */
  public int lastAdapter() {
    return extendedAddressing ? maxAdapter : 63;
  }

  /** Returns the highest domain number that can be addressed: 15 without extended addressing. */
  public int lastDomain() {
    return extendedAddressing ? maxDomain : 15;
  }
}
