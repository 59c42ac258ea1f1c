package org.vfioap.vm;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.mdev.CpuFeature;

/**
 * {@code /dev/kvm}, held open by a process. It takes lines: {@code vm NAME FEATURES} makes the
 * process a virtual machine for as long as it holds the file open (features are {@code
 * ap,apqci,apft,apqi} or {@code -}, and {@code pv} for Secure Execution), {@code uuid UUID} before
 * it says which one, and {@code reset} boots its Linux anew. Reading waits until that Linux asks
 * for something, and says what: {@code reboot} or {@code poweroff}.
 */
final class KvmHandle implements DeviceFile.Handle {
  private static final String UUID = "uuid ";
  private static final Pattern UUID_FORM =
      Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
  private static final String START = "vm ";
  private static final String RESET = "reset";
  private static final String NO_FEATURES = "-";
  private static final String SECURE = "pv";

  private final VirtualMachines machines;
  private final Caller process;
  private String uuid = "";
  private @Nullable VirtualMachine machine;

  KvmHandle(VirtualMachines machines, Caller caller) {
    this.machines = machines;
    process = caller;
  }

  @Override
  public synchronized void perform(String line) {
    if (line.startsWith(START)) {
      start(line.substring(START.length()));
    } else if (line.startsWith(UUID)
        && UUID_FORM.matcher(line.substring(UUID.length())).matches()) {
      uuid = line.substring(UUID.length()).toLowerCase(Locale.ROOT);
    } else if (line.equals(RESET) && machine != null) {
      machines.reset(machine);
    } else {
      throw DeviceFile.invalid(line);
    }
  }

  /** The name may contain blanks, the features do not. */
  private void start(String line) {
    int blank = line.lastIndexOf(' ');
    String name = line.substring(0, Math.max(blank, 0));
    boolean good =
        !name.isBlank() && name.indexOf('/') < 0 && !name.equals(".") && !name.equals("..");
    if (!good) {
      throw DeviceFile.invalid(START + line);
    }
    if (machine != null) {
      throw KernelRefusal.of(
          Errno.EEXIST, "the process is virtual machine " + machine + " already");
    }
    VirtualMachine.Identity identity = new VirtualMachine.Identity(name, uuid);
    Set<String> labels = labels(line.substring(blank + 1));
    boolean secure = labels.remove(SECURE);
    Set<CpuFeature> wanted = EnumSet.noneOf(CpuFeature.class);
    labels.forEach(label -> wanted.add(feature(label)));
    try {
      machine = machines.start(identity, process, new VirtualMachine.Wish(wanted, secure));
    } catch (IllegalStateException nested) {
      throw DeviceFile.invalid(START + line);
    }
  }

  private static Set<String> labels(String list) {
    return list.equals(NO_FEATURES) ? new HashSet<>() : new HashSet<>(List.of(list.split(",", -1)));
  }

  private static CpuFeature feature(String label) {
    for (CpuFeature feature : CpuFeature.values()) {
      if (feature.label().equals(label)) {
        return feature;
      }
    }
    throw DeviceFile.invalid(label);
  }

  private synchronized VirtualMachine machine() {
    if (machine == null) {
      throw KernelRefusal.of(Errno.EINVAL, "the process is no virtual machine");
    }
    return machine;
  }

  @Override
  public byte[] read(long offset, int size) {
    String word = machines.awaitEvent(machine()).word();
    return (word + "\n").getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public boolean letsReadersWait() {
    return true;
  }

  @Override
  public synchronized void close() {
    if (machine != null) {
      machines.end(machine);
      machine = null;
    }
  }
}
