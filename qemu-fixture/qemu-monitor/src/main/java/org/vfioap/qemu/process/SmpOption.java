package org.vfioap.qemu.process;

import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.vfioap.qemu.guest.CpuCount;
import org.vfioap.qemu.options.Numbers;

/** The {@code -smp} option. Source: hw/core/machine-smp.c of QEMU 7.2, and measured. */
final class SmpOption {
  private static final Set<String> KEYS =
      Set.of("cpus", "sockets", "dies", "clusters", "cores", "threads", "maxcpus");

  /** QEMU keeps the numbers as unsigned int. */
  private static final long UNSIGNED = 0xFFFF_FFFFL;

  private final CommandLine line;
  private final Console console;
  private final Map<String, String> values;

  SmpOption(CommandLine line, Console console, Map<String, String> values) {
    this.line = line;
    this.console = console;
    this.values = values;
  }

  CpuCount read() throws Exit {
    for (String key : values.keySet()) {
      if (!KEYS.contains(key)) {
        throw line.failure("Parameter 'smp." + key + "' is unexpected\n");
      }
    }
    long cores = number("cores");
    long threads = number("threads");
    long sockets = number("sockets");
    long cpus = number("cpus");
    long maximum = number("maxcpus");
    warnAboutZero();
    checkSupport("dies");
    checkSupport("clusters");
    maximum = maximum > 0 ? maximum : cpus;
    threads = threads > 0 ? threads : 1;
    if (cores == 0) {
      sockets = sockets > 0 ? sockets : 1;
      cores = maximum > 0 ? maximum / (sockets * threads) : 1;
    }
    sockets = sockets > 0 ? sockets : Math.max(1, maximum / (cores * threads));
    maximum = maximum > 0 ? maximum : sockets * cores * threads;
    cpus = cpus > 0 ? cpus : maximum;
    check(sockets, cores, threads, maximum, cpus);
    return new CpuCount((int) cpus, (int) maximum, (int) sockets, (int) cores, (int) threads);
  }

  private void warnAboutZero() throws Exit {
    for (String key : values.keySet()) {
      if (number(key) == 0) {
        console.report(
            "warning: Deprecated CPU topology (considered invalid): CPU topology parameters must"
                + " be greater than zero\n");
        return;
      }
    }
  }

  private void checkSupport(String level) throws Exit {
    if (number(level) > 1) {
      throw line.failure(level + " not supported by this machine's CPU topology\n");
    }
  }

  private void check(long sockets, long cores, long threads, long maximum, long cpus) throws Exit {
    String product =
        "sockets (" + sockets + ") * cores (" + cores + ") * threads (" + threads + ")";
    if (sockets * cores * threads != maximum) {
      throw line.failure(
          "Invalid CPU topology: product of the hierarchy must match maxcpus: "
              + product
              + (" != maxcpus (" + maximum + ")\n"));
    }
    if (maximum < cpus) {
      throw line.failure(
          "Invalid CPU topology: maxcpus must be equal to or greater than smp: "
              + product
              + (" == maxcpus (" + maximum + ") < smp_cpus (" + cpus + ")\n"));
    }
  }

  private long number(String key) throws Exit {
    String text = values.get(key);
    if (text == null) {
      return 0;
    }
    OptionalLong value = Numbers.integer(text);
    if (value.isEmpty()) {
      throw line.failure("Parameter 'smp." + key + "' expects integer\n");
    }
    return value.getAsLong() & UNSIGNED;
  }
}
