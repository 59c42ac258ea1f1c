package org.vfioap.zcrypt;

import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.vfioap.bus.ApBus;
import org.vfioap.bus.MaskSyntax;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.Kernel;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.kernel.LogLine;
import org.vfioap.kernel.NumberSyntax;
import org.vfioap.kernel.Uevent.Action;

/**
 * The device nodes of zcrypt, at most 256.
 *
 * <p>Every change holds the lock of the bus's masks, so it waits while a mask file is being
 * written. Linux 6.1 takes the name as a format; a name with a percent sign becomes garbage there,
 * which is not imitated.
 *
 * <p>Source: zcrypt_api.c of Linux 6.1 to 7.2, zcdn_create and zcdn_destroy; drivers/base/core.c.
 */
final class ZcryptNodes {
  private static final int MOST = 256;
  private static final int LONGEST_NAME = 31;

  /** Names that the class directory has taken: a node's link to it would be a second one. */
  private static final Set<String> FILES_OF_CLASS = Set.of("create", "destroy");

  private final ApBus bus;
  private final Kernel kernel;
  private final NavigableMap<Integer, ZcryptNode> byMinor = new ConcurrentSkipListMap<>();

  ZcryptNodes(ApBus bus) {
    this.bus = bus;
    kernel = bus.kernel();
  }

  Collection<ZcryptNode> all() {
    return byMinor.values();
  }

  /** Returns the names in a directory; a path does not lead to a node called dot. */
  List<String> names() {
    return all().stream()
        .map(ZcryptNode::name)
        .filter(name -> !name.equals(".") && !name.equals(".."))
        .toList();
  }

  Optional<ZcryptNode> find(String name) {
    return byMinor.values().stream().filter(node -> node.name().equals(name)).findFirst();
  }

  /**
   * Makes a node as a write to {@code create} does; takes the locks.
   *
   * @param text the name, or blank for {@code zcrypt_N} with the node's minor number
   * @throws KernelRefusal EEXIST if a node has the name already, or the class a file; ENOSPC after
   *     256 nodes
   */
  void create(String text) {
    String name = name(text);
    changing(() -> create(name, freeMinor(name)));
  }

  private int freeMinor(String name) {
    if (!name.isEmpty() && find(name).isPresent()) {
      throw exists(name);
    }
    int minor = 0;
    while (byMinor.containsKey(minor)) {
      minor++;
    }
    if (minor == MOST) {
      throw KernelRefusal.of(
          Errno.ENOSPC, "there are " + MOST + " zcrypt nodes already; destroy one first");
    }
    return minor;
  }

  private void create(String wanted, int minor) {
    String name = wanted.isEmpty() ? "zcrypt_" + minor : wanted.replace('/', '!');
    if (find(name).isPresent()) {
      throw duplicate("/devices/virtual/zcrypt/", name);
    }
    if (FILES_OF_CLASS.contains(name)) {
      throw duplicate("/class/zcrypt/", name);
    }
    ZcryptNode node = new ZcryptNode(name, minor);
    byMinor.put(minor, node);
    send(Action.ADD, node);
  }

  private KernelRefusal duplicate(String directory, String name) {
    kernel
        .log()
        .add(
            LogLine.Level.WARNING,
            "sysfs",
            "cannot create duplicate filename '" + directory + name + "'");
    return exists(name);
  }

  private static KernelRefusal exists(String name) {
    return KernelRefusal.of(
        Errno.EEXIST, "/sys/class/zcrypt has a '" + name + "' already; choose another name");
  }

  /**
   * Destroys a node as a write to {@code destroy} does; takes the locks. A program that has it open
   * keeps it until it closes it.
   *
   * @param text the name
   * @throws KernelRefusal ENOENT if no node has it
   */
  void destroy(String text) {
    String name = name(text);
    changing(
        () -> {
          ZcryptNode node = find(name).orElseThrow(() -> unknown(name));
          node.unregister();
          byMinor.remove(node.minor());
          send(Action.REMOVE, node);
        });
  }

  private static KernelRefusal unknown(String name) {
    return KernelRefusal.of(
        Errno.ENOENT, "no zcrypt node '" + name + "'; /sys/class/zcrypt lists them");
  }

  /**
   * Writes a mask of a node; takes the locks.
   *
   * @throws KernelRefusal EINVAL for a malformed text, ENODEV if the node is gone
   */
  void write(ZcryptNode node, ZcryptNode.Mask which, String text) {
    changing(
        () -> {
          if (!node.isRegistered()) {
            throw KernelRefusal.of(Errno.ENODEV, "the node " + node.name() + " is gone");
          }
          node.mask(which, MaskSyntax.parse(text, node.mask(which), kernel.profile()));
        });
  }

  private void changing(Runnable change) {
    bus.masks().whileEditing(() -> kernel.lock().run(change));
  }

  private void send(Action action, ZcryptNode node) {
    kernel.uevents().send(action, node.devpath(), "zcrypt", node.properties());
  }

  /** {@code skip_spaces}, {@code strscpy} to 32 bytes, {@code strim}: in this order. */
  private static String name(String text) {
    String rest = text.substring(NumberSyntax.skipBlanks(text, 0));
    String cut = rest.length() > LONGEST_NAME ? rest.substring(0, LONGEST_NAME) : rest;
    return NumberSyntax.withoutTrailingBlanks(cut);
  }
}
