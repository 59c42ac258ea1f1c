package org.vfioap.files;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A path as Linux writes it. The working directory is the root. */
final class MachinePath implements Path {
  private final MachineFileSystem system;
  private final String text;
  private final boolean absolute;
  private final List<String> names;

  private MachinePath(MachineFileSystem system, boolean absolute, List<String> names) {
    this.system = system;
    this.absolute = absolute;
    this.names = names;
    text = (absolute ? "/" : "") + String.join("/", names);
  }

  static MachinePath of(MachineFileSystem system, String text) {
    if (text.indexOf('\0') >= 0) {
      throw new InvalidPathException(text, "Nul character not allowed");
    }
    String[] parts = text.split("/+", -1);
    List<String> names = List.of(parts).stream().filter(part -> !part.isEmpty()).toList();
    boolean absolute = text.startsWith("/");
    return new MachinePath(system, absolute, !absolute && names.isEmpty() ? List.of("") : names);
  }

  private MachinePath with(boolean isAbsolute, List<String> newNames) {
    return new MachinePath(
        system, isAbsolute, !isAbsolute && newNames.isEmpty() ? List.of("") : newNames);
  }

  private boolean isEmpty() {
    return text.isEmpty();
  }

  /** Takes a path for one of these. */
  static MachinePath cast(Path path) {
    if (path instanceof MachinePath machinePath) {
      return machinePath;
    }
    if (path == null) {
      throw new NullPointerException("path");
    }
    throw new ProviderMismatchException(
        path + " is of another file system (" + path.getFileSystem().provider() + ")");
  }

  MachineTree tree() {
    return system.tree();
  }

  @Override
  public MachineFileSystem getFileSystem() {
    return system;
  }

  @Override
  public boolean isAbsolute() {
    return absolute;
  }

  @Override
  public @Nullable Path getRoot() {
    return absolute ? with(true, List.of()) : null;
  }

  @Override
  public @Nullable Path getFileName() {
    return names.isEmpty() ? null : with(false, List.of(names.get(names.size() - 1)));
  }

  @Override
  public @Nullable Path getParent() {
    if (names.isEmpty()) {
      return null;
    }
    List<String> above = names.subList(0, names.size() - 1);
    return above.isEmpty() && !absolute ? null : with(absolute, above);
  }

  @Override
  public int getNameCount() {
    return names.size();
  }

  @Override
  public Path getName(int index) {
    return subpath(index, index + 1);
  }

  @Override
  public Path subpath(int beginIndex, int endIndex) {
    if (beginIndex < 0 || endIndex > names.size() || beginIndex >= endIndex) {
      throw new IllegalArgumentException(
          text + " has no names from " + beginIndex + " to " + endIndex);
    }
    return with(false, names.subList(beginIndex, endIndex));
  }

  @Override
  public boolean startsWith(Path other) {
    return other instanceof MachinePath path
        && path.system == system
        && path.absolute == absolute
        && path.isEmpty() == isEmpty()
        && path.names.size() <= names.size()
        && names.subList(0, path.names.size()).equals(path.names);
  }

  @Override
  public boolean endsWith(Path other) {
    if (!(other instanceof MachinePath path) || path.system != system) {
      return false;
    }
    if (path.absolute) {
      return equals(path);
    }
    int more = names.size() - path.names.size();
    return path.isEmpty() == isEmpty()
        && more >= 0
        && names.subList(more, names.size()).equals(path.names);
  }

  @Override
  public MachinePath normalize() {
    Deque<String> kept = new ArrayDeque<>();
    for (String name : names) {
      boolean up = name.equals("..");
      if (up && !kept.isEmpty() && !kept.getLast().equals("..")) {
        kept.removeLast();
      } else if (!name.equals(".") && !name.isEmpty() && !(up && absolute)) {
        kept.add(name);
      }
    }
    return with(absolute, List.copyOf(kept));
  }

  @Override
  public MachinePath resolve(Path other) {
    MachinePath path = cast(other);
    if (path.absolute || isEmpty()) {
      return path;
    }
    if (path.isEmpty()) {
      return this;
    }
    return of(system, text + "/" + path.text);
  }

  @Override
  public MachinePath resolve(String other) {
    return resolve(of(system, other));
  }

  @Override
  public MachinePath relativize(Path other) {
    MachinePath path = cast(other);
    if (path.absolute != absolute) {
      throw new IllegalArgumentException("'other' is different type of Path");
    }
    if (hasDots() || path.hasDots()) {
      return normalize().relativizeNormal(path.normalize());
    }
    return relativizeNormal(path);
  }

  private boolean hasDots() {
    return names.contains(".") || names.contains("..");
  }

  private MachinePath relativizeNormal(MachinePath path) {
    if (isEmpty()) {
      return path;
    }
    List<String> theirs = path.isEmpty() ? List.of() : path.names;
    int common = 0;
    while (common < Math.min(names.size(), theirs.size())
        && names.get(common).equals(theirs.get(common))) {
      common++;
    }
    if (names.subList(common, names.size()).contains("..")) {
      throw new IllegalArgumentException(
          "Unable to compute relative path from " + this + " to " + path);
    }
    List<String> way = new ArrayList<>();
    names.subList(common, names.size()).forEach(name -> way.add(".."));
    way.addAll(theirs.subList(common, theirs.size()));
    return with(false, List.copyOf(way));
  }

  @Override
  public URI toUri() {
    try {
      String host = "host" + Integer.toHexString(System.identityHashCode(system.tree()));
      return new URI(MachineProvider.SCHEME, host, toAbsolutePath().text, null);
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public MachinePath toAbsolutePath() {
    return absolute ? this : of(system, "/" + text);
  }

  /** Returns it as an absolute path for the tree. */
  String place() {
    return absolute ? text : "/" + text;
  }

  @Override
  public Path toRealPath(LinkOption... options) throws IOException {
    boolean follow = List.of(options).isEmpty();
    return of(system, FileErrors.opening(text, () -> tree().realPath(place(), follow)));
  }

  @Override
  public File toFile() {
    throw new UnsupportedOperationException(
        text
            + " is in this process only, so java.io.File and other programs do not see it; mount"
            + " the machine for them (@Mounted Path of vfioap-junit5, or MachineMount)");
  }

  @Override
  public WatchKey register(
      WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers)
      throws IOException {
    if (!(watcher instanceof SilentWatch watch)) {
      throw new ProviderMismatchException("a watch service of another file system");
    }
    FileErrors.opening(text, () -> tree().directory(place()));
    return watch.register(this);
  }

  @Override
  public int compareTo(Path other) {
    return text.compareTo(cast(other).text);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MachinePath path && path.system == system && path.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
