package org.vfioap.place;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.vfioap.host.ApHost;
import org.vfioap.kernel.Uevent;
import org.vfioap.kernel.Uevents;

/**
 * Links in the machine's {@code /dev} to nodes of zcrypt, which come and go: as devtmpfs makes and
 * removes nodes, before the write that caused it returns. {@code furnish.sh} links those that are
 * there when the machine boots.
 *
 * <p>Of a node in a folder, {@code pod/queue}, the folder is a link.
 */
final class DeviceLinks implements AutoCloseable {
  private static final String NODES = "/sys/devices/virtual/zcrypt";
  private static final String DEVNAME = "DEVNAME=";

  private final Path dev;
  private final Path nodes;
  private final Set<String> names = new TreeSet<>();
  private final Uevents.Subscription subscription;

  private DeviceLinks(ApHost host, Path folder) {
    dev = folder.resolve("dev");
    nodes = folder.resolve("fuse/dev");
    if (host.sysfs().exists(NODES)) {
      host.sysfs().list(NODES).forEach(name -> names.add(name.replace('!', '/')));
    }
    subscription = host.uevents().subscribe(this::follow);
  }

  /**
   * Follows the nodes of a host that has just booted.
   *
   * @param folder the machine's own: {@code dev} is its /dev, {@code fuse/dev} has the nodes
   */
  static DeviceLinks of(ApHost host, Path folder) {
    return new DeviceLinks(host, folder);
  }

  private synchronized void follow(Uevent event) {
    Optional<String> name = name(event);
    if (name.isEmpty()) {
      return;
    }
    Path link = dev.resolve(first(name.get()));
    try {
      switch (event.action()) {
        case ADD -> add(name.get(), link);
        case REMOVE -> remove(name.get(), link);
        default -> {}
      }
    } catch (IOException e) {
      System.err.println("vfioap: " + link + " cannot follow its device: " + e.getMessage());
    }
  }

  private static Optional<String> name(Uevent event) {
    return event.subsystem().equals("zcrypt")
        ? event.properties().stream()
            .filter(property -> property.startsWith(DEVNAME))
            .map(property -> property.substring(DEVNAME.length()))
            .findFirst()
        : Optional.empty();
  }

  private static String first(String name) {
    return name.split("/", 2)[0];
  }

  private void add(String name, Path link) throws IOException {
    names.add(name);
    try {
      Files.createSymbolicLink(link, nodes.resolve(first(name)));
    } catch (FileAlreadyExistsException another) {
      // Its folder, or something that a program made.
    }
  }

  private void remove(String name, Path link) throws IOException {
    names.remove(name);
    boolean last = names.stream().noneMatch(other -> first(other).equals(first(name)));
    if (last && Files.isSymbolicLink(link)) {
      Files.delete(link);
    }
  }

  @Override
  public void close() {
    subscription.close();
  }
}
