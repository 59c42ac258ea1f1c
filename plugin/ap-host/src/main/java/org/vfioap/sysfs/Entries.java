package org.vfioap.sysfs;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A directory whose entries were named when it was made; what they are is asked at every look. */
public final class Entries implements SysfsDirectory {
  private final Map<String, Supplier<? extends @Nullable SysfsNode>> entries =
      new LinkedHashMap<>();

  private Entries() {}

  /** Creates an empty directory. */
  public static Entries create() {
    return new Entries();
  }

  /** Adds an entry that is always the same. */
  public Entries with(String name, SysfsNode node) {
    entries.put(name, () -> node);
    return this;
  }

  /** Adds an entry that exists whenever the supplier does not return null. */
  public Entries withLive(String name, Supplier<? extends @Nullable SysfsNode> node) {
    entries.put(name, node);
    return this;
  }

  /** Adds a symbolic link. */
  public Entries withLink(String name, String target) {
    return with(name, new SysfsLink(target));
  }

  /** Adds all files that a table has for a device. */
  public <D> Entries withAll(AttributeTable<D> table, D device) {
    for (String name : table.names()) {
      entries.put(name, () -> table.file(device, name));
    }
    return this;
  }

  @Override
  public @Nullable SysfsNode child(String name) {
    Supplier<? extends @Nullable SysfsNode> entry = entries.get(name);
    return entry == null ? null : entry.get();
  }

  @Override
  public Collection<String> names() {
    return entries.keySet().stream().filter(name -> child(name) != null).toList();
  }
}
