package org.vfioap.qemu.guest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vfioap.qemu.cpu.CpuModel;
import org.vfioap.qemu.json.JsonBool;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qdev.Board;
import org.vfioap.qemu.qom.ObjectTree;
import org.vfioap.qemu.qom.Property;
import org.vfioap.qemu.qom.QomObject;

/** Makes a recorded board fit the command line: memory, number and model of the CPUs. */
final class BoardFitting {
  private static final String FIRST_CPU = "/machine/unattached/device[0]";

  private final Guest guest;

  private BoardFitting(Guest guest) {
    this.guest = guest;
  }

  static BoardFitting of(Guest guest) {
    return new BoardFitting(guest);
  }

  void fit(Board board) {
    GuestConfiguration configuration = guest.configuration();
    board
        .at("/chardevs")
        .ifPresent(parent -> guest.chardevs().forEach(each -> addChardev(board, parent, each)));
    if (configuration.hasMachine()) {
      board.at("/objects/s390.ram").ifPresent(ram -> fitMemory(ram, configuration));
      board.at("/machine").ifPresent(machine -> fitMachine(machine, configuration));
      fitCpus(board);
    }
  }

  private static void fitMemory(QomObject ram, GuestConfiguration configuration) {
    write(ram, "size", JsonNumber.of(configuration.memory()));
    MemoryBackendRules.inherit(ram, configuration);
    write(ram, "prealloc-threads", JsonNumber.of(configuration.cpus().present()));
    ram.child("s390.ram[0]")
        .ifPresent(region -> write(region, "size", JsonNumber.of(configuration.memory())));
  }

  private static void fitMachine(QomObject machine, GuestConfiguration configuration) {
    CpuCount cpus = configuration.cpus();
    configuration.flags().forEach((name, on) -> write(machine, name, JsonBool.of(on)));
    write(machine, "memory", JsonObject.empty().with("size", configuration.memory()));
    write(
        machine,
        "smp",
        JsonObject.empty()
            .with("cpus", cpus.present())
            .with("cores", cpus.cores())
            .with("sockets", cpus.sockets())
            .with("maxcpus", cpus.maximum())
            .with("threads", cpus.threads())
            .with("dies", 1)
            .with("clusters", 1));
  }

  private static void addChardev(Board board, QomObject parent, GuestChardev chardev) {
    parent.drop("compat_monitor0");
    parent.add(chardev.label(), ObjectTree.object(chardev.objectText(), board.types()));
  }

  private void fitCpus(Board board) {
    CpuModel model = guest.processor().checkedModel();
    QomObject unattached = board.at("/machine/unattached").orElseThrow();
    List<QomObject> others = new ArrayList<>();
    Optional<QomObject> first = board.at(FIRST_CPU);
    for (int core = 0; core < guest.configuration().cpus().present(); core++) {
      others.add(cpu(board, first.orElseThrow(), model, core));
    }
    first.ifPresent(QomObject::unparent);
    for (int core = 0; core < others.size(); core++) {
      unattached.add("device[" + core + "]", others.get(core));
    }
  }

  /** Adds a plugged CPU to the tree. */
  void addCpu(Board board, CpuModel model, int core, String path) {
    int slash = path.lastIndexOf('/');
    QomObject pattern = board.at(FIRST_CPU).orElseThrow();
    QomObject cpu = cpu(board, pattern, model, core);
    write(cpu, "hotplugged", JsonBool.TRUE);
    board
        .at(path.substring(0, slash))
        .ifPresent(parent -> parent.add(path.substring(slash + 1), cpu));
  }

  private static QomObject cpu(Board board, QomObject pattern, CpuModel model, int core) {
    StringBuilder text = new StringBuilder(model.typeName()).append('\n');
    Map<String, Boolean> states = model.states();
    for (Property property : pattern.properties()) {
      Boolean state = states.get(property.name());
      String raw = state == null ? property.raw() : state.toString();
      text.append(property.name() + "\t" + property.type() + "\t" + raw + "\n");
    }
    QomObject cpu = ObjectTree.object(text.toString(), board.types());
    write(cpu, "type", JsonString.of(model.typeName()));
    write(cpu, "core-id", JsonNumber.of(core));
    return cpu;
  }

  private static void write(QomObject object, String name, JsonValue value) {
    object.property(name).ifPresent(property -> object.put(property.withValue(value)));
  }
}
