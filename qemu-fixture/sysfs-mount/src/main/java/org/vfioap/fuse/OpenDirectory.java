package org.vfioap.fuse;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An open directory with the entries that it had when its reading began.
 *
 * <p>Source: Linux include/uapi/linux/fuse.h, struct fuse_dirent.
 */
final class OpenDirectory {
  private static final int FIXED = 24;
  private static final int DIRECTORY_TYPE = 4;

  private final NodeTable.Entry place;
  private final Directory directory;
  private List<Entry> entries = List.of();

  private record Entry(long inode, int type, String name) {
    int length() {
      return FIXED + (name.length() + 7) / 8 * 8;
    }
  }

  OpenDirectory(NodeTable.Entry place, Directory directory) {
    this.place = place;
    this.directory = directory;
  }

  private void look() {
    List<Entry> found = new ArrayList<>();
    found.add(new Entry(place.inode(), DIRECTORY_TYPE, "."));
    found.add(new Entry(place.parentInode(), DIRECTORY_TYPE, ".."));
    for (String name : directory.names()) {
      @Nullable Node node = directory.child(name);
      // A device may go between the listing and this look.
      if (node != null) {
        found.add(new Entry(NodeTable.inodeOf(place, name), Attributes.type(node), name));
      }
    }
    entries = found;
  }

  /** Writes the entries from an offset on, as many as fit; at 0 it looks what is there now. */
  synchronized void put(Reply reply, long offset, int size) {
    if (offset <= 0) {
      look();
    }
    int end = reply.length() + size;
    for (long i = Math.max(offset, 0); i < entries.size(); i++) {
      Entry entry = entries.get((int) i);
      if (reply.length() + entry.length() > end) {
        return;
      }
      reply.put(entry.inode()).put(i + 1).put(entry.name().length()).put(entry.type());
      reply
          .put(entry.name().getBytes(StandardCharsets.ISO_8859_1))
          .zeros(entry.length() - FIXED - entry.name().length());
    }
  }
}
