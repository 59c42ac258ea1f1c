package org.vfioap.ap;

/**
 * The address of an AP queue: an adapter and a usage domain (APQN).
 *
 * @param adapter the APID
 * @param domain the APQI
 */
public record Apqn(AdapterId adapter, DomainId domain) implements Comparable<Apqn> {

  /** Returns the queue of an adapter and a domain. */
  public static Apqn of(int adapter, int domain) {
    return new Apqn(AdapterId.of(adapter), DomainId.of(domain));
  }

  /**
   * Reads {@code 05.00ab}: two and four lower-case hexadecimal digits.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static Apqn parse(String text) {
    if (text.length() != 7 || text.charAt(2) != '.') {
      throw new IllegalArgumentException("APQN '" + text + "' is not of the form 05.00ab");
    }
    return new Apqn(AdapterId.parse(text.substring(0, 2)), DomainId.parse(text.substring(3)));
  }

  @Override
  public int compareTo(Apqn other) {
    int byAdapter = adapter.compareTo(other.adapter);
    return byAdapter != 0 ? byAdapter : domain.compareTo(other.domain);
  }

  /** Returns {@code 05.00ab}, the name of the queue device. */
  @Override
  public String toString() {
    return adapter + "." + domain;
  }
}
