package org.vfioap.translation.nodedev;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.translation.files.HostFiles;

/**
 * What is assigned to an mdev, read from {@code matrix} and {@code control_domains}.
 *
 * @param adapters numbers of adapters
 * @param domains numbers of usage domains
 * @param controlDomains numbers of control domains
 */
record MatrixState(Set<Integer> adapters, Set<Integer> domains, Set<Integer> controlDomains) {

  /** A line of {@code matrix} is {@code 05.0004}, {@code 05.} or {@code .0004}. */
  static MatrixState read(HostFiles files, String directory) {
    Set<Integer> adapters = new TreeSet<>();
    Set<Integer> domains = new TreeSet<>();
    for (String line : lines(files, directory + "/matrix")) {
      int dot = line.indexOf('.');
      add(adapters, line.substring(0, dot));
      add(domains, line.substring(dot + 1));
    }
    Set<Integer> control =
        Arrays.stream(lines(files, directory + "/control_domains"))
            .map(line -> Integer.parseInt(line, 16))
            .collect(Collectors.toCollection(TreeSet::new));
    return new MatrixState(adapters, domains, control);
  }

  private static String[] lines(HostFiles files, String path) {
    try {
      return files.read(path).lines().filter(line -> !line.isBlank()).toArray(String[]::new);
    } catch (KernelRefusal notOfVfioAp) {
      return new String[0];
    }
  }

  private static void add(Set<Integer> numbers, String hex) {
    if (!hex.isEmpty()) {
      numbers.add(Integer.parseInt(hex, 16));
    }
  }

  /** Returns what a file such as {@code assign_domain} changes. */
  Optional<Set<Integer>> changedBy(String file) {
    return switch (file.replaceFirst("^(un)?assign_", "")) {
      case "adapter" -> Optional.of(adapters);
      case "domain" -> Optional.of(domains);
      case "control_domain" -> Optional.of(controlDomains);
      default -> Optional.empty();
    };
  }

  /** Reads a number as the kernel does: {@code 0x} hexadecimal, {@code 0} octal, else decimal. */
  static Optional<Integer> number(String text) {
    String digits = text.strip().toLowerCase(Locale.ROOT).replaceFirst("^\\+", "");
    int radix = digits.startsWith("0x") ? 16 : digits.matches("0[0-7]+") ? 8 : 10;
    String plain = digits.startsWith("0x") ? digits.substring(2) : digits;
    boolean valid = plain.matches(radix == 16 ? "[0-9a-f]{1,16}" : "[0-9]{1,20}");
    return valid
        ? Optional.of(new BigInteger(plain, radix)).map(BigInteger::intValue)
        : Optional.empty();
  }
}
