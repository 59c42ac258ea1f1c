package org.vfioap.sysfs;

import java.util.Collection;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A directory whose entries are made from something that lives elsewhere, such as the links below
 * {@code devices/}.
 *
 * @param list returns the names
 * @param find returns the entry of a name, or null
 */
public record Listing(
    Supplier<? extends Collection<String>> list, Function<String, @Nullable SysfsNode> find)
    implements SysfsDirectory {

  @Override
  public @Nullable SysfsNode child(String name) {
    return find.apply(name);
  }

  @Override
  public Collection<String> names() {
    return list.get();
  }
}
