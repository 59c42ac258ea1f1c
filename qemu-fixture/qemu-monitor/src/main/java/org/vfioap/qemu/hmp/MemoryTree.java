package org.vfioap.qemu.hmp;

import java.util.Locale;
import java.util.Map;
import org.vfioap.qemu.guest.Guest;

/** What {@code info mtree} shows. Source: softmmu/memory.c of QEMU 7.2, and measured. */
final class MemoryTree {
  private static final String PORTS = "0000000000000000-000000000000ffff (prio 0, i/o): io";

  private final Guest guest;
  private final boolean owners;

  private MemoryTree(Guest guest, boolean owners) {
    this.guest = guest;
    this.owners = owners;
  }

  static String print(Guest guest, Map<String, String> arguments) {
    MemoryTree tree = new MemoryTree(guest, arguments.containsKey("owner"));
    boolean flat = arguments.containsKey("flatview");
    boolean machine = guest.configuration().hasMachine();
    if (flat) {
      String memory = machine ? tree.flatMemory() : tree.noMemory();
      return "FlatView #0\n"
          + (machine ? tree.flatPorts() : memory)
          + "FlatView #1\n"
          + (machine ? memory : tree.flatPorts());
    }
    return tree.ports() + tree.memory();
  }

  private String parent() {
    return owners ? " parent:{obj path=/machine/unattached}\n" : "\n";
  }

  private String ports() {
    return "address-space: I/O\n  " + PORTS + parent() + "\n";
  }

  private String memory() {
    StringBuilder text = new StringBuilder();
    for (int cpu = 0; cpu < guest.cpus().present().size(); cpu++) {
      text.append("address-space: cpu-memory-").append(cpu).append('\n');
    }
    text.append("address-space: memory\n");
    text.append("  0000000000000000-ffffffffffffffff (prio 0, i/o): system").append(parent());
    if (guest.configuration().hasMachine()) {
      text.append("    ").append(ram());
    }
    return text.append('\n').toString();
  }

  private String ram() {
    long last = guest.configuration().memory() - 1;
    String owner = owners ? " owner:{obj path=/objects/s390.ram}\n" : "\n";
    return String.format(Locale.ROOT, "0000000000000000-%016x (prio 0, ram): s390.ram", last)
        + owner;
  }

  private String flatPorts() {
    return " AS \"I/O\", root: io\n Root memory region: io\n  " + PORTS + parent() + "\n";
  }

  private String noMemory() {
    return " AS \"memory\", root: system\n Root memory region: (none)\n  No rendered FlatView\n\n";
  }

  private String flatMemory() {
    StringBuilder text = new StringBuilder(" AS \"memory\", root: system\n");
    for (int cpu = 0; cpu < guest.cpus().present().size(); cpu++) {
      text.append(" AS \"cpu-memory-").append(cpu).append("\", root: system\n");
    }
    return text.append(" Root memory region: s390.ram\n  ").append(ram()).append('\n').toString();
  }
}
