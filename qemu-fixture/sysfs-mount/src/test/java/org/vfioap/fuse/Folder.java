package org.vfioap.fuse;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.vfioap.sysfs.SysfsTree.Access;

/** A directory whose entries a test adds and removes; whatever happens is announced. */
final class Folder implements Directory {
  private final Map<String, Node> entries = new ConcurrentHashMap<>();

  /** Returns a directory of directories with as many empty files. */
  static Folder square(int side) {
    Folder all = new Folder();
    for (int i = 0; i < side; i++) {
      Folder folder = new Folder();
      for (int j = 0; j < side; j++) {
        folder.with("file" + j, new EmptyFile());
      }
      all.with("folder" + i, folder);
    }
    return all;
  }

  Folder with(String name, Node node) {
    entries.put(name, node);
    return this;
  }

  void remove(String name) {
    entries.remove(name);
  }

  @Override
  public @Nullable Node child(String name) {
    return entries.get(name);
  }

  @Override
  public Collection<String> names() {
    return new TreeMap<>(entries).keySet();
  }

  @Override
  public boolean isSteady() {
    return true;
  }

  /** A file that cannot be opened. */
  static final class EmptyFile implements RegularFile {
    @Override
    public int mode() {
      return 0644;
    }

    @Override
    public long size() {
      return 4096;
    }

    @Override
    public OpenedFile open(Access access, int thread) {
      throw new UnsupportedOperationException();
    }
  }
}
