package org.vfioap.files;

import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.nio.file.spi.FileSystemProvider;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The files of one host. */
final class MachineFileSystem extends FileSystem {
  private final MachineTree tree;
  private final MachineProvider provider = new MachineProvider();
  private volatile boolean closed;

  MachineFileSystem(MachineTree tree) {
    this.tree = tree;
  }

  /** Returns the files, if the file system is open. */
  MachineTree tree() {
    if (closed) {
      throw new ClosedFileSystemException();
    }
    return tree;
  }

  @Override
  public FileSystemProvider provider() {
    return provider;
  }

  @Override
  public void close() {
    closed = true;
  }

  @Override
  public boolean isOpen() {
    return !closed;
  }

  @Override
  public boolean isReadOnly() {
    return false;
  }

  @Override
  public String getSeparator() {
    return "/";
  }

  @Override
  public Iterable<Path> getRootDirectories() {
    return List.of(getPath("/"));
  }

  @Override
  public Iterable<FileStore> getFileStores() {
    return List.of(new MachineStore());
  }

  @Override
  public Set<String> supportedFileAttributeViews() {
    return Set.of("basic", "posix", "owner", "unix");
  }

  @Override
  public MachinePath getPath(String first, String... more) {
    StringBuilder text = new StringBuilder(first);
    for (String part : more) {
      if (!part.isEmpty()) {
        text.append(text.isEmpty() ? "" : "/").append(part);
      }
    }
    return MachinePath.of(this, text.toString());
  }

  @Override
  public PathMatcher getPathMatcher(String syntaxAndPattern) {
    int colon = syntaxAndPattern.indexOf(':');
    if (colon <= 0) {
      throw new IllegalArgumentException(
          "'" + syntaxAndPattern + "' is no matcher; allowed: glob:PATTERN, regex:PATTERN");
    }
    String pattern = syntaxAndPattern.substring(colon + 1);
    String syntax = syntaxAndPattern.substring(0, colon);
    if (syntax.equalsIgnoreCase("glob")) {
      return matcher(Glob.pattern(pattern));
    }
    if (syntax.equalsIgnoreCase("regex")) {
      return matcher(Pattern.compile(pattern));
    }
    throw new UnsupportedOperationException("Syntax '" + syntax + "' not recognized");
  }

  private static PathMatcher matcher(Pattern pattern) {
    return path -> pattern.matcher(path.toString()).matches();
  }

  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    return new UserPrincipalLookupService() {
      @Override
      public UserPrincipal lookupPrincipalByName(String name)
          throws UserPrincipalNotFoundException {
        return root(name);
      }

      @Override
      public GroupPrincipal lookupPrincipalByGroupName(String group)
          throws UserPrincipalNotFoundException {
        return root(group);
      }
    };
  }

  private static Root root(String name) throws UserPrincipalNotFoundException {
    if (name.equals("root") || name.equals("0")) {
      return Root.ROOT;
    }
    throw new UserPrincipalNotFoundException(name);
  }

  @Override
  public WatchService newWatchService() {
    return new SilentWatch();
  }
}
