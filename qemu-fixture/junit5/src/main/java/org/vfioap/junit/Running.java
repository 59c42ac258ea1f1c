package org.vfioap.junit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.machine.Machine;
import org.vfioap.place.MachineOptions;
import org.vfioap.place.Machines;
import org.vfioap.place.Refused;
import org.vfioap.place.RunningMachine;
import org.vfioap.qemu.install.InstalledEmulator;
import org.vfioap.translation.libvirt.LiveLibvirt;

/** A machine of a test that runs in processes of its own; loaded only where somebody asks. */
@SuppressWarnings("deprecation") // Until JUnit 5.12 stores closed only CloseableResources.
final class Running implements ExtensionContext.Store.CloseableResource, AutoCloseable {
  private static final String ALLOWED =
      "RunningMachine, Machine, KernelProfile, a Path with @Sys or @Mounted, and with @Libvirtd"
          + " @ConnectUri String and LibvirtHost";

  private final Machine description;
  private final RunningMachine machine;
  private @Nullable LiveLibvirt libvirt;

  private Running(Machine description, RunningMachine machine) {
    this.description = description;
    this.machine = machine;
  }

  static Running start(Machine description, boolean libvirtd) {
    try {
      MachineOptions options = MachineOptions.usual();
      if (libvirtd) {
        options = options.withLibvirtd(InstalledEmulator.ofThisUser());
      }
      return new Running(description, Machines.start(description, options));
    } catch (Refused | IOException failed) {
      throw new ParameterResolutionException("RUNNING: " + failed.getMessage(), failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new ParameterResolutionException("the start of a machine was interrupted", stopped);
    }
  }

  /** Returns what is asked for. */
  Object resolve(Request request) {
    if (request.has(ConnectUri.class)) {
      return uri(request);
    }
    if (request.type() == Path.class && (request.has(Sys.class) || request.has(Mounted.class))) {
      return machine.sys();
    }
    if (request.type() == RunningMachine.class) {
      return machine;
    }
    if (request.type() == Machine.class) {
      return description;
    }
    if (request.type() == KernelProfile.class) {
      return description.profile();
    }
    if (Parameters.isLibvirt(request)) {
      return libvirt(request);
    }
    throw new ParameterResolutionException(
        request.name()
            + " cannot be had of a machine that runs in processes of its own; allowed: "
            + ALLOWED);
  }

  private String uri(Request request) {
    return machine
        .libvirtUri()
        .orElseThrow(() -> new ParameterResolutionException(request.name() + " needs @Libvirtd"));
  }

  private synchronized LiveLibvirt libvirt(Request request) {
    LiveLibvirt known = libvirt;
    if (known == null) {
      known = LiveLibvirt.connect(uri(request));
      libvirt = known;
    }
    return known;
  }

  /** Boots it anew for the next test of its class. */
  synchronized void reboot() {
    disconnect();
    machine.tell(List.of("reboot"), line -> {});
  }

  /** Returns the lines of the kernel log, for a report. */
  String log() {
    try {
      List<String> lines = new ArrayList<>();
      machine.tell(List.of("dmesg"), lines::add);
      return String.join("\n", lines);
    } catch (Refused ended) {
      return String.valueOf(ended.getMessage());
    }
  }

  Machine description() {
    return description;
  }

  private void disconnect() {
    LiveLibvirt known = libvirt;
    libvirt = null;
    if (known != null) {
      known.close();
    }
  }

  @Override
  public synchronized void close() {
    try {
      disconnect();
    } finally {
      machine.stop();
    }
  }
}
