package org.vfioap.fuse;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An open directory with the names that it had when its reading began; those that are gone
 * meanwhile are left out.
 *
 * <p>Source: Linux include/uapi/linux/fuse.h, struct fuse_dirent and struct fuse_direntplus.
 */
final class OpenDirectory {
  private static final int FIXED = 24;
  private static final int DIRECTORY_TYPE = 4;

  private final NodeTable.Entry place;
  private final Directory directory;
  private List<String> names = List.of();

  OpenDirectory(NodeTable.Entry place, Directory directory) {
    this.place = place;
    this.directory = directory;
  }

  NodeTable.Entry place() {
    return place;
  }

  /** Writes the entries from an offset on, as many as fit; at 0 it looks what is there now. */
  synchronized void put(Reply reply, long offset, int size, Details details) {
    if (offset <= 0) {
      look();
    }
    int end = reply.length() + size;
    for (long i = Math.max(offset, 0); i < names.size(); i++) {
      String name = names.get((int) i);
      int length = details.length() + FIXED + padded(Names.bytes(name).length);
      if (reply.length() + length > end) {
        return;
      }
      put(reply, i, name, details);
    }
  }

  private void look() {
    List<String> found = new ArrayList<>(List.of(".", ".."));
    found.addAll(directory.names());
    names = found;
  }

  private void put(Reply reply, long index, String name, Details details) {
    long inode = index == 0 ? place.inode() : place.parentInode();
    int type = DIRECTORY_TYPE;
    if (index < 2) {
      reply.zeros(details.length());
    } else {
      @Nullable Node node = directory.child(name);
      if (node == null) {
        return;
      }
      inode = NodeTable.inodeOf(place, name);
      type = Attributes.type(node);
      details.put(reply, name);
    }
    byte[] bytes = Names.bytes(name);
    reply.put(inode).put(index + 1).put(bytes.length).put(type);
    reply.put(bytes).zeros(padded(bytes.length) - bytes.length);
  }

  private static int padded(int length) {
    return (length + 7) / 8 * 8;
  }

  /** What stands before an entry. */
  interface Details {
    /** Nothing. */
    Details NONE =
        new Details() {
          @Override
          public int length() {
            return 0;
          }

          @Override
          public void put(Reply reply, String name) {}
        };

    /** Returns how many bytes {@link #put} writes. */
    int length();

    void put(Reply reply, String name);
  }
}
