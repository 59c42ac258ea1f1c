package org.vfioap.qemu.process;

import java.util.List;
import org.vfioap.qemu.guest.CpuCount;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qapi.Refusals;
import org.vfioap.qemu.qapi.TextScalar;
import org.vfioap.qemu.scalar.Numbers;

/** The machine's property {@code smp}. Source: hw/core/machine-smp.c of QEMU 7.2, and measured. */
final class SmpOption {
  private static final List<String> NAMES =
      List.of("cpus", "sockets", "dies", "clusters", "cores", "threads", "maxcpus");

  /** Machines before this one fill up sockets before cores. */
  private static final int[] CORES_FIRST_SINCE = {6, 2};

  /** QEMU keeps the numbers as unsigned int. */
  private static final long UNSIGNED = 0xFFFF_FFFFL;

  private static final long MOST_CPUS = 248;

  private final CommandLine line;
  private final Console console;
  private final String machine;
  private final JsonObject members;
  private long sockets;
  private long cores;
  private long threads;
  private long maximum;
  private long cpus;

  SmpOption(CommandLine line, Console console, String machine, JsonObject members) {
    this.line = line;
    this.console = console;
    this.machine = machine;
    this.members = members;
  }

  CpuCount read() throws QemuError, Exit {
    checkMembers();
    cores = number("cores");
    threads = number("threads");
    sockets = number("sockets");
    cpus = number("cpus");
    maximum = number("maxcpus");
    warnAboutZero();
    checkSupport("dies");
    checkSupport("clusters");
    complete();
    check();
    return new CpuCount((int) cpus, (int) maximum, (int) sockets, (int) cores, (int) threads, 1, 1);
  }

  private void checkMembers() throws QemuError {
    for (String name : NAMES) {
      number(name);
    }
    for (String name : members.members().keySet()) {
      if (!NAMES.contains(name)) {
        throw Refusals.unexpected("smp." + name);
      }
    }
  }

  private void complete() {
    if (cpus == 0 && maximum == 0) {
      sockets = orOne(sockets);
      cores = orOne(cores);
      threads = orOne(threads);
    } else {
      maximum = maximum > 0 ? maximum : cpus;
      fill(!machine.startsWith("s390-") || isSince(CORES_FIRST_SINCE));
    }
    maximum = maximum > 0 ? maximum : sockets * cores * threads;
    cpus = cpus > 0 ? cpus : maximum;
  }

  private void fill(boolean coresFirst) {
    boolean fillsCores = coresFirst ? cores == 0 : cores == 0 && sockets > 0;
    if (fillsCores) {
      sockets = orOne(sockets);
      threads = orOne(threads);
      cores = maximum / (sockets * threads);
    } else if (sockets == 0) {
      cores = orOne(cores);
      threads = orOne(threads);
      sockets = maximum / (cores * threads);
    }
    threads = threads > 0 ? threads : maximum / (sockets * Math.max(cores, 1));
  }

  /** Says whether the machine is of a release or a later one. */
  private boolean isSince(int[] release) {
    String[] own = machine.substring(machine.lastIndexOf('-') + 1).split("\\.", 2);
    int major = Integer.parseInt(own[0]);
    return major > release[0] || (major == release[0] && Integer.parseInt(own[1]) >= release[1]);
  }

  private static long orOne(long given) {
    return given > 0 ? given : 1;
  }

  private void warnAboutZero() throws QemuError {
    for (String name : NAMES) {
      if (members.has(name) && number(name) == 0) {
        console.report(
            "warning: Deprecated CPU topology (considered invalid): CPU topology parameters must"
                + " be greater than zero\n");
        return;
      }
    }
  }

  private void checkSupport(String level) throws QemuError {
    if (number(level) > 1) {
      throw QemuError.generic(level + " not supported by this machine's CPU topology");
    }
  }

  private void check() throws QemuError, Exit {
    String product =
        "sockets (" + sockets + ") * cores (" + cores + ") * threads (" + threads + ")";
    if (sockets * cores * threads != maximum) {
      throw QemuError.generic(
          "Invalid CPU topology: product of the hierarchy must match maxcpus: "
              + product
              + (" != maxcpus (" + maximum + ")"));
    }
    if (maximum < cpus) {
      throw QemuError.generic(
          "Invalid CPU topology: maxcpus must be equal to or greater than smp: "
              + product
              + (" == maxcpus (" + maximum + ") < smp_cpus (" + cpus + ")"));
    }
    checkMost();
  }

  private void checkMost() throws Exit {
    if (maximum > MOST_CPUS) {
      String numbers = (int) maximum + ". The max CPUs supported by machine '" + machine;
      throw line.failure("Invalid SMP CPUs " + numbers + "' is " + MOST_CPUS + "\n");
    }
  }

  private long number(String name) throws QemuError {
    if (!members.has(name)) {
      return 0;
    }
    TextScalar.check("int", members.get(name).orElseThrow(), "smp." + name);
    return Numbers.integer(members.text(name).orElse("")).orElse(0) & UNSIGNED;
  }
}
