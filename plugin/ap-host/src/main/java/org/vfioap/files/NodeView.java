package org.vfioap.files;

import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;

/** The attributes of a path; changing them is taken and forgotten. */
final class NodeView implements PosixFileAttributeView {
  private final MachinePath path;
  private final boolean follow;
  private final String name;

  NodeView(MachinePath path, boolean follow, String name) {
    this.path = path;
    this.follow = follow;
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public PosixFileAttributes readAttributes() throws IOException {
    return MachineProvider.attributes(path, follow);
  }

  @Override
  public UserPrincipal getOwner() throws IOException {
    return readAttributes().owner();
  }

  @Override
  public void setTimes(FileTime modified, FileTime accessed, FileTime created) throws IOException {
    readAttributes();
  }

  @Override
  public void setPermissions(Set<PosixFilePermission> permissions) throws IOException {
    readAttributes();
  }

  @Override
  public void setGroup(GroupPrincipal group) throws IOException {
    readAttributes();
  }

  @Override
  public void setOwner(UserPrincipal owner) throws IOException {
    readAttributes();
  }
}
