package org.vfioap.cli.booting;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vfioap.plugin.RealQemu;

/**
 * What is to be booted.
 *
 * @param qemu the program
 * @param source the preset or file of the machine
 * @param name what commands call it
 * @param kernel the image
 * @param initrd its RAM disk, if it has one
 * @param append more for the kernel's command line
 * @param options more for QEMU
 * @param inBackground whether nobody sits at the console
 */
record BootOrder(
    RealQemu qemu,
    String source,
    String name,
    Path kernel,
    @Nullable Path initrd,
    String append,
    List<String> options,
    boolean inBackground) {

  /** Returns the command of a QEMU with these options for its plugin. */
  List<String> command(List<String> plugin) {
    List<String> command = new ArrayList<>();
    command.add(qemu.program().toString());
    command.addAll(List.of("-name", name, "-machine", "s390-ccw-virtio", "-cpu", "max"));
    command.addAll(List.of("-m", "512", "-nographic"));
    command.addAll(List.of("-kernel", kernel.toAbsolutePath().toString()));
    if (initrd != null) {
      command.addAll(List.of("-initrd", initrd.toAbsolutePath().toString()));
    }
    String line = "console=ttysclp0 vfioap.name=" + name + " " + append;
    command.addAll(List.of("-append", line.strip()));
    command.addAll(plugin);
    command.addAll(options);
    return command;
  }
}
