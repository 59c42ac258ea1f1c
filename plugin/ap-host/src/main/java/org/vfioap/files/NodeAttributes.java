package org.vfioap.files;

import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.vfioap.sysfs.SysfsDirectory;
import org.vfioap.sysfs.SysfsFile;
import org.vfioap.sysfs.SysfsLink;
import org.vfioap.sysfs.SysfsNode;

/**
 * What stat(2) says of a node; sizes and links as sysfs has them.
 *
 * @param node what it is about
 * @param place its path without links
 * @param links how many names it has
 * @param time of all three times
 */
record NodeAttributes(SysfsNode node, String place, int links, FileTime time)
    implements PosixFileAttributes {
  static final int PAGE = 4096;

  private static final int S_IFDIR = 0040000;
  private static final int S_IFREG = 0100000;
  private static final int S_IFLNK = 0120000;

  private int permissionBits() {
    if (node instanceof SysfsFile file) {
      return file.mode();
    }
    return isDirectory() ? 0755 : 0777;
  }

  private int mode() {
    int type = isDirectory() ? S_IFDIR : isSymbolicLink() ? S_IFLNK : S_IFREG;
    return type | permissionBits();
  }

  @Override
  public FileTime lastModifiedTime() {
    return time;
  }

  @Override
  public FileTime lastAccessTime() {
    return time;
  }

  @Override
  public FileTime creationTime() {
    return time;
  }

  @Override
  public boolean isRegularFile() {
    return node instanceof SysfsFile;
  }

  @Override
  public boolean isDirectory() {
    return node instanceof SysfsDirectory;
  }

  @Override
  public boolean isSymbolicLink() {
    return node instanceof SysfsLink;
  }

  @Override
  public boolean isOther() {
    return false;
  }

  @Override
  public long size() {
    return isRegularFile() ? PAGE : 0;
  }

  @Override
  public Object fileKey() {
    return place;
  }

  @Override
  public UserPrincipal owner() {
    return Root.ROOT;
  }

  @Override
  public GroupPrincipal group() {
    return Root.ROOT;
  }

  @Override
  public Set<PosixFilePermission> permissions() {
    StringBuilder text = new StringBuilder("rwxrwxrwx");
    for (int i = 0; i < text.length(); i++) {
      if ((permissionBits() & (0400 >> i)) == 0) {
        text.setCharAt(i, '-');
      }
    }
    return PosixFilePermissions.fromString(text.toString());
  }

  /** Returns all that a view has, by name. */
  Map<String, Object> of(String view) {
    Map<String, Object> all = new LinkedHashMap<>();
    if (!view.equals("owner")) {
      putBasic(all);
    }
    if (!view.equals("basic")) {
      all.put("owner", owner());
    }
    if (view.equals("posix") || view.equals("unix")) {
      all.put("permissions", permissions());
      all.put("group", group());
    }
    if (view.equals("unix")) {
      putUnix(all);
    }
    return all;
  }

  private void putBasic(Map<String, Object> all) {
    all.put("lastModifiedTime", lastModifiedTime());
    all.put("lastAccessTime", lastAccessTime());
    all.put("creationTime", creationTime());
    all.put("size", size());
    all.put("isRegularFile", isRegularFile());
    all.put("isDirectory", isDirectory());
    all.put("isSymbolicLink", isSymbolicLink());
    all.put("isOther", isOther());
    all.put("fileKey", fileKey());
  }

  private void putUnix(Map<String, Object> all) {
    all.put("mode", mode());
    all.put("ino", (long) place.hashCode() & 0x7fffffffL);
    all.put("dev", 1L);
    all.put("rdev", 0L);
    all.put("nlink", links);
    all.put("uid", 0);
    all.put("gid", 0);
    all.put("ctime", time);
  }
}
