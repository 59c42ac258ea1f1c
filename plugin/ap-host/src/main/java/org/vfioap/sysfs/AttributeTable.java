package org.vfioap.sysfs;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.kernel.Mutex;

/**
 * The files that every device of a kind has.
 *
 * @param <D> the kind of device
 */
public final class AttributeTable<D> {
  private final Map<String, Attribute<D>> attributes = new LinkedHashMap<>();
  private final Mutex lock;
  private final Predicate<D> alive;

  private AttributeTable(Mutex lock, Predicate<D> alive, List<Attribute<D>> attributes) {
    this.lock = lock;
    this.alive = alive;
    attributes.forEach(attribute -> this.attributes.put(attribute.name(), attribute));
  }

  /**
   * Creates a table.
   *
   * @param lock held around every show, and every store that does not lock itself
   * @param alive tells whether a device still exists; files of one that does not answer ENODEV
   */
  public static <D> AttributeTable<D> of(
      Mutex lock, Predicate<D> alive, List<Attribute<D>> attributes) {
    return new AttributeTable<>(lock, alive, attributes);
  }

  /** Returns the file names. */
  public Collection<String> names() {
    return attributes.keySet();
  }

  /** Returns the file of a device, or null if the table has none of this name. */
  public @Nullable SysfsFile file(D device, String name) {
    Attribute<D> attribute = attributes.get(name);
    return attribute == null ? null : new DeviceFile<>(this, attribute, device);
  }

  /** One file of one device. */
  private record DeviceFile<D>(AttributeTable<D> table, Attribute<D> attribute, D device)
      implements SysfsFile {
    @Override
    public int mode() {
      return attribute.mode();
    }

    @Override
    public String show() {
      var show = attribute.show();
      return show == null ? refuse() : table.lock.get(() -> show.apply(alive()));
    }

    @Override
    public void store(String text) {
      var store = attribute.store();
      if (store == null) {
        refuse();
      } else if (attribute.locksItself()) {
        store.accept(device, text);
      } else {
        table.lock.run(() -> store.accept(alive(), text));
      }
    }

    @Override
    public void checkAlive() {
      table.lock.get(this::alive);
    }

    private D alive() {
      if (!table.alive.test(device)) {
        throw KernelRefusal.of(Errno.ENODEV, "the device of " + attribute.name() + " is gone");
      }
      return device;
    }

    private String refuse() {
      throw KernelRefusal.of(Errno.EIO, attribute.name() + " has no such operation");
    }
  }
}
