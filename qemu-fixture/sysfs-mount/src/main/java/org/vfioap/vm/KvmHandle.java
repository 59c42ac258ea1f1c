package org.vfioap.vm;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
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
 * ap,apqci,apft,apqi} or {@code -}), {@code uuid UUID} before it says which one, and {@code reset}
 * boots its Linux anew. Reading waits until that Linux asks for something, and says what: {@code
 * reboot} or {@code poweroff}.
 */
final class KvmHandle implements DeviceFile.Handle {
  private static final String UUID = "uuid ";
  private static final Pattern UUID_FORM =
      Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
  private static final String START = "vm ";
  private static final String RESET = "reset";
  private static final String NO_FEATURES = "-";

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
    machine = machines.start(identity, process, features(line.substring(blank + 1)));
  }

  private static Set<CpuFeature> features(String list) {
    Set<CpuFeature> features = EnumSet.noneOf(CpuFeature.class);
    if (!list.equals(NO_FEATURES)) {
      for (String label : list.split(",", -1)) {
        features.add(feature(label));
      }
    }
    return features;
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
