package org.vfioap.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which kernel the machine runs.
 *
 * <p>A profile is named after the release that brought its behaviour and stands for all later
 * releases up to the next profile. What differs between profiles is data: {@link KernelRule} has a
 * row for each rule. Constants are ordered: each one inherits the rules of the one before.
 */
@SuppressWarnings("ImmutableEnumChecker") // List.of never changes
public enum KernelProfile {
  /**
   * The document: Documentation/s390/vfio-ap.rst after the patch "update docs to include dynamic
   * config support" (v16, May 2021). Every refusal is immediate, and a shared APQN is EBUSY.
   */
  DOCUMENTED("documented", "the document"),

  /** Linux 6.1.192 as Debian 12 ships it. */
  LINUX_6_1("linux-6.1", "Linux 6.1.192", "debian-12"),

  /**
   * Linux 6.8 as Ubuntu 24.04 ships it: the bus tells its features, and a removal asks the program
   * that uses the mdev.
   */
  LINUX_6_8("linux-6.8", "Linux 6.8.0-151 of Ubuntu", "ubuntu-24.04"),

  /** Linux 6.12.118 as Debian 13 ships it: an mdev is configured in one write. */
  LINUX_6_12("linux-6.12", "Linux 6.12.118", "debian-13", "rhel-10", "sles-16"),

  /** Linux 6.15: guests are told of a changed configuration. */
  LINUX_6_15("linux-6.15", "Linux 6.15"),

  /** Linux 6.19: {@code driver_override} gives single queues to vfio_ap. */
  LINUX_6_19("linux-6.19", "Linux 6.19", "ubuntu-26.04"),

  /** Linux 7.2.13 as Debian unstable ships it. */
  LINUX_7_2("linux-7.2", "Linux 7.2.13");

  private static final Pattern RELEASE = Pattern.compile("(\\d{1,4})\\.(\\d{1,4}).*");

  private final String label;
  private final String source;
  private final List<String> aliases;

  KernelProfile(String label, String source, String... aliases) {
    this.label = label;
    this.source = source;
    this.aliases = List.of(aliases);
  }

  /**
   * Finds a profile by a name that users write: its own, {@code linux-6.12}, or that of a
   * distribution, {@code debian-13}.
   *
   * @throws IllegalArgumentException for any other name; the message lists the names
   */
  public static KernelProfile parse(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown kernel profile '"
                        + name
                        + "'; known are "
                        + String.join(", ", names())));
  }

  /** Finds a profile as {@link #parse} does. */
  public static Optional<KernelProfile> find(String name) {
    return Arrays.stream(values())
        .filter(profile -> profile.ownNames().anyMatch(name::equals))
        .findFirst();
  }

  /**
   * Returns the profile for a kernel release, {@code 6.12.117-generic}: the newest that is not
   * newer than it, and {@link #LINUX_6_1} for anything older. Empty if the text begins with no
   * release.
   */
  public static Optional<KernelProfile> ofRelease(String release) {
    Matcher wanted = RELEASE.matcher(release.strip());
    if (!wanted.matches()) {
      return Optional.empty();
    }
    int number = number(wanted);
    KernelProfile best = LINUX_6_1;
    for (KernelProfile profile : values()) {
      Matcher own = RELEASE.matcher(profile.label.replace("linux-", ""));
      if (own.matches() && number(own) <= number) {
        best = profile;
      }
    }
    return Optional.of(best);
  }

  private static int number(Matcher release) {
    return Integer.parseInt(release.group(1)) * 10_000 + Integer.parseInt(release.group(2));
  }

  /** Returns the names of all profiles, separated by commas; aliases are not among them. */
  public static String labels() {
    return Arrays.stream(values()).map(KernelProfile::toString).collect(Collectors.joining(", "));
  }

  /** Returns the names of all profiles and their aliases. */
  public static List<String> names() {
    return Arrays.stream(values()).flatMap(KernelProfile::ownNames).toList();
  }

  private Stream<String> ownNames() {
    return Stream.concat(Stream.of(label), aliases.stream());
  }

  /** Returns the distributions that run this kernel, as users write them; may be empty. */
  public List<String> aliases() {
    return aliases;
  }

  /** Returns what the profile was compared with: {@code Linux 6.12.118}. */
  public String source() {
    return source;
  }

  /** Returns what a rule says for this kernel. */
  public <T> T get(KernelRule<T> rule) {
    return rule.in(this);
  }

  /** Tells whether this kernel has what a rule is about. */
  public boolean has(KernelRule<Boolean> rule) {
    return rule.in(this);
  }

  /** Returns the name that users write, {@code linux-6.1}. */
  @Override
  public String toString() {
    return label;
  }
}
