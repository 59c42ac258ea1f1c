package org.vfioap.qemu.process;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import org.vfioap.qemu.host.Errno;
import org.vfioap.qemu.host.HostFiles;
import org.vfioap.qemu.host.HostPath;

/**
 * The files that the board loads: firmware, kernel, initial RAM disk. Source: hw/s390x/ipl.c of
 * QEMU 7.2, and measured.
 */
final class FirmwareFiles {
  private static final String DATA = "/usr/share/qemu/";
  private static final int PSW_LENGTH = 8;

  private final CommandLine line;
  private final MachineDictionary machine;

  FirmwareFiles(CommandLine line, MachineDictionary machine) {
    this.line = line;
    this.machine = machine;
  }

  void check() throws Exit {
    Optional<String> firmware = machine.text("firmware");
    if (firmware.isPresent() && !isThere(firmware.get()) && !isThere(DATA + firmware.get())) {
      throw line.failure("could not find stage1 bootloader\n");
    }
    Optional<String> kernel = machine.text("kernel");
    if (kernel.isPresent()) {
      checkKernel(kernel.get());
      Optional<String> initrd = machine.text("initrd");
      if (initrd.isPresent() && !isThere(initrd.get())) {
        throw line.failure("could not load initrd '" + initrd.get() + "'\n");
      }
    }
  }

  private static boolean isThere(String path) {
    return Files.exists(HostPath.of(path));
  }

  private void checkKernel(String kernel) throws Exit {
    long size = size(kernel);
    if (size < 0) {
      throw Exit.failing(
          kernel
              + ": "
              + HostFiles.unreadable(kernel).orElse(Errno.ENOENT).text()
              + "\n"
              + line.failure("could not load kernel '" + kernel + "'\n").err());
    }
    if (size < PSW_LENGTH) {
      throw line.failure("Could not get IPL PSW\n");
    }
  }

  private static long size(String path) {
    try {
      return Files.size(HostPath.of(path));
    } catch (IOException absent) {
      return -1;
    }
  }
}
