package org.vfioap.qemu.process;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.vfioap.qemu.cpu.Accelerator;
import org.vfioap.qemu.cpu.CpuModels;
import org.vfioap.qemu.guest.CpuCount;
import org.vfioap.qemu.guest.CpuOption;
import org.vfioap.qemu.guest.GuestConfiguration;
import org.vfioap.qemu.options.Numbers;
import org.vfioap.qemu.options.OptionString;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.recording.MachineRecording;
import org.vfioap.qemu.vfio.VfioHost;

/**
 * Reads what the command line says about the guest. Source: softmmu/vl.c of QEMU 7.2, and measured.
 */
final class GuestOptions {
  private static final String UUID = "(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
  private static final long MEBIBYTE = 1L << 20;
  private static final long DEFAULT_MEMORY = 128 * MEBIBYTE;
  private static final int MOST_CPUS = 248;

  private final CommandLine line;
  private final VfioHost host;
  private final Console console;

  GuestOptions(CommandLine line, VfioHost host, Console console) {
    this.line = line;
    this.host = host;
    this.console = console;
  }

  GuestConfiguration read(Duration unplugDelay) throws Exit {
    Optional<String> name = name();
    Optional<String> uuid = uuid();
    long memory = memory();
    MachineOption machine = new MachineOption(line);
    CpuCount cpus = cpus(machine.name());
    Accelerator accelerator = new AcceleratorOption(line, host, console).choose(machine);
    return new GuestConfiguration(
        line.program(),
        machine.name(),
        accelerator,
        cpu(machine.name(), accelerator),
        memory,
        cpus,
        name,
        uuid,
        line.has("S"),
        actions(),
        line.has("kernel"),
        line.has("only-migratable"),
        line.last("incoming"),
        host,
        unplugDelay);
  }

  private Optional<String> name() throws Exit {
    Optional<String> name = Optional.empty();
    for (CommandLine.Option option : line.all("name")) {
      OptionString options = OptionString.parse(option.value(), "guest");
      new OptionKeys(line).check(option, "name", options);
      Optional<String> given = options.get("guest");
      name = given.isPresent() ? given : name;
    }
    return name;
  }

  private Optional<String> uuid() throws Exit {
    for (CommandLine.Option option : line.all("uuid")) {
      if (!option.value().matches(UUID)) {
        throw failure(option, "failed to parse UUID string: wrong format\n");
      }
    }
    Optional<String> last = line.last("uuid");
    return last.isPresent() ? Optional.of(last.get().toLowerCase(Locale.ROOT)) : last;
  }

  private long memory() throws Exit {
    long memory = DEFAULT_MEMORY;
    for (CommandLine.Option option : line.all("m")) {
      OptionString options = OptionString.parse(option.value(), "size");
      checkKeys(option, options, Set.of("size", "slots", "maxmem"));
      memory = memory(option, options.get("size"));
      if (options.get("slots").isPresent() && options.get("maxmem").isEmpty()) {
        throw line.failure("slots specified but no max-size\n");
      }
      checkMaximum(options, memory);
    }
    if (memory % MEBIBYTE != 0) {
      throw line.failure("ram size must be multiples of 1 MiB\n");
    }
    return memory;
  }

  private void checkMaximum(OptionString options, long memory) throws Exit {
    OptionalLong maximum = Numbers.size(options.get("maxmem").orElse(""), 1);
    if (maximum.isPresent() && maximum.getAsLong() < memory) {
      throw line.failure(
          "invalid value of maxmem: maximum memory size (0x"
              + Long.toHexString(maximum.getAsLong())
              + ") must be at least the initial memory size (0x"
              + Long.toHexString(memory)
              + ")\n");
    }
  }

  /** Half a byte is no size: a fraction needs a suffix. */
  private static boolean isFractionOfByte(String text) {
    boolean plain = !text.isEmpty() && Character.isDigit(text.charAt(text.length() - 1));
    int dot = text.indexOf('.');
    return plain && dot >= 0 && !text.substring(dot + 1).matches("0*");
  }

  private long memory(CommandLine.Option option, Optional<String> text) throws Exit {
    OptionalLong size = Numbers.size(text.orElse("128"), MEBIBYTE);
    if (size.isEmpty() || isFractionOfByte(text.orElse(""))) {
      throw failure(
          option,
          """
          Parameter 'size' expects a non-negative number below 2^64
          Optional suffix k, M, G, T, P or E means kilo-, mega-, giga-, tera-, peta-
          and exabytes, respectively.
          """);
    }
    if (size.getAsLong() == Long.MAX_VALUE) {
      String value = text.orElse("");
      throw failure(option, "Value '" + value + "' is out of range for parameter 'size'\n");
    }
    return size.getAsLong() == 0 ? DEFAULT_MEMORY : size.getAsLong();
  }

  private CpuCount cpus(String machine) throws Exit {
    CpuCount count = CpuCount.ONE;
    for (CommandLine.Option option : line.all("smp")) {
      OptionString options = OptionString.parse(option.value(), "cpus");
      count = new SmpOption(line, console, options.values()).read();
    }
    if (Integer.compareUnsigned(count.maximum(), MOST_CPUS) > 0) {
      throw line.failure(
          "Invalid SMP CPUs "
              + count.maximum()
              + ". The max CPUs supported by machine '"
              + machine
              + "' is "
              + MOST_CPUS
              + "\n");
    }
    return count;
  }

  private CpuOption cpu(String machine, Accelerator accelerator) throws Exit {
    Optional<String> text = line.last("cpu");
    if (text.isEmpty()) {
      return CpuOption.DEFAULT;
    }
    String known = machine.equals("none") ? "s390-ccw-virtio" : machine;
    try {
      return CpuOption.parse(text.get(), CpuModels.of(MachineRecording.of(known), accelerator));
    } catch (QemuError refused) {
      throw line.failure(refused.text() + "\n");
    }
  }

  /** What is said later counts; the short options are said as if by {@code -action}. */
  private Map<String, String> actions() {
    Map<String, String> actions = new HashMap<>();
    for (CommandLine.Option option : line.options()) {
      switch (option.name()) {
        case "no-reboot" -> actions.put("reboot", "shutdown");
        case "no-shutdown" -> actions.put("shutdown", "pause");
        case "action" -> actions.putAll(OptionString.parse(option.value(), "").values());
        default -> {}
      }
    }
    return actions;
  }

  void checkKeys(CommandLine.Option option, OptionString options, Set<String> allowed) throws Exit {
    for (Map.Entry<String, String> each : options.values().entrySet()) {
      if (!allowed.contains(each.getKey())) {
        throw failure(option, "Invalid parameter '" + each.getKey() + "'\n");
      }
    }
  }

  private Exit failure(CommandLine.Option option, String text) {
    return line.failure(option.location() + ": " + text);
  }
}
