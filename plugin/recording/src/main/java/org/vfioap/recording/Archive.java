package org.vfioap.recording;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/**
 * A tar archive, as it is or compressed by gzip or xz, that has the files of a host.
 *
 * <p>It is read once, from beginning to end; nothing is written to disk. Of the files only those
 * are kept that a recording reads. Names that lead out of the archive are ignored, and links are
 * followed within it. Limits: 8 GiB of unpacked data, 400,000 files and 128 MiB of those that are
 * kept.
 */
final class Archive implements HostFiles {
  private static final long MOST_DATA = 8L << 30;
  private static final long MOST_KEPT = 128L << 20;
  private static final int MOST_FILES = 400_000;
  private static final int XZ_MEMORY_KIB = 256 << 10;
  private static final int MOST_LINKS = 40;
  private static final int EVERYBODY_READS = 0004;

  private final Map<String, Kept> files = new TreeMap<>();
  private final Map<String, TreeSet<String>> directories = new TreeMap<>();
  private final List<String> failures = new ArrayList<>();
  private long kept;

  /** A file or link. */
  private record Kept(@Nullable String content, @Nullable String link, boolean isPublic) {}

  private Archive() {}

  /**
   * Reads an archive.
   *
   * @param wanted which files are kept
   * @throws RecordingException if it is none, is damaged, or is too large
   */
  static Archive read(Path path, Predicate<String> wanted) {
    Archive archive = new Archive();
    try (InputStream file = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
        InputStream limited = new LimitedStream(unpacked(file), MOST_DATA);
        TarArchiveInputStream tar = new TarArchiveInputStream(limited)) {
      archive.readAll(tar, wanted);
    } catch (LimitedStream.Exceeded e) {
      throw tooLarge(path, "8 GiB unpacked");
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      throw new RecordingException(
          path
              + " cannot be read as a tar archive: "
              + e.getMessage()
              + "; allowed: .tar, .tar.gz and .tar.xz, or a folder");
    }
    return archive;
  }

  private static RecordingException tooLarge(Path path, String limit) {
    return new RecordingException(
        path + " is larger than " + limit + "; unpack it and name the folder instead");
  }

  private static InputStream unpacked(InputStream file) throws IOException {
    file.mark(8);
    byte[] start = file.readNBytes(6);
    file.reset();
    if (start.length > 1 && start[0] == 0x1f && start[1] == (byte) 0x8b) {
      return new GZIPInputStream(file, 1 << 16);
    }
    boolean xz = Arrays.equals(start, new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z', 0});
    return xz ? new XZInputStream(file, XZ_MEMORY_KIB) : file;
  }

  private void readAll(TarArchiveInputStream tar, Predicate<String> wanted) throws IOException {
    boolean any = false;
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      any = true;
      String path = normal(entry.getName());
      if (path != null && wanted.test(path)) {
        keep(tar, entry, path);
      }
    }
    if (!any) {
      throw new IOException("it has no entries");
    }
  }

  /** Returns a path without dots, null if it leads out or is the root. */
  static @Nullable String normal(String path) {
    Deque<String> names = new ArrayDeque<>();
    for (String name : path.split("/", -1)) {
      if (name.equals("..")) {
        if (names.pollLast() == null) {
          return null;
        }
      } else if (!name.isEmpty() && !name.equals(".")) {
        names.addLast(name);
      }
    }
    return names.isEmpty() ? null : String.join("/", names);
  }

  private void keep(TarArchiveInputStream tar, TarArchiveEntry entry, String path)
      throws IOException {
    if (entry.isDirectory()) {
      register(path);
      directories.computeIfAbsent(path, any -> new TreeSet<>());
      return;
    }
    boolean isPublic = (entry.getMode() & EVERYBODY_READS) != 0;
    if (entry.isSymbolicLink()) {
      add(path, new Kept(null, entry.getLinkName(), isPublic));
    } else if (entry.isLink()) {
      add(path, new Kept(null, "/" + entry.getLinkName(), isPublic));
    } else if (entry.isFile()) {
      byte[] buffer = new byte[(int) Math.min(LONGEST, entry.getSize())];
      int length = tar.readNBytes(buffer, 0, buffer.length);
      add(path, new Kept(Contents.text(buffer, length), null, isPublic));
    }
  }

  private void add(String path, Kept file) throws IOException {
    files.put(path, file);
    register(path);
    kept += file.content() == null ? 0 : file.content().length();
    if (files.size() > MOST_FILES || kept > MOST_KEPT) {
      throw new IOException("it has too many files below /sys");
    }
  }

  private void register(String path) {
    int slash = path.lastIndexOf('/');
    String parent = slash < 0 ? "" : path.substring(0, slash);
    boolean isNew =
        directories.computeIfAbsent(parent, any -> new TreeSet<>()).add(path.substring(slash + 1));
    if (isNew && !parent.isEmpty()) {
      register(parent);
    }
  }

  /** Follows links in all parts of a path; null if it leads nowhere. */
  private @Nullable String resolve(String path) {
    String at = normal(path);
    for (int links = 0; at != null && links < MOST_LINKS; links++) {
      String next = followFirst(at);
      if (next == null) {
        return at;
      }
      at = normal(next);
    }
    return null;
  }

  /** Replaces the first link in a path by what it says; null if there is none. */
  private @Nullable String followFirst(String path) {
    for (int end = path.indexOf('/'); ; end = path.indexOf('/', end + 1)) {
      String part = end < 0 ? path : path.substring(0, end);
      Kept file = files.get(part);
      if (file != null && file.link() != null) {
        String rest = end < 0 ? "" : path.substring(end);
        int slash = part.lastIndexOf('/');
        String from = file.link().startsWith("/") || slash < 0 ? "" : part.substring(0, slash);
        return from + "/" + file.link() + rest;
      }
      if (end < 0) {
        return null;
      }
    }
  }

  @Override
  public boolean exists(String path) {
    String found = resolve(path);
    return found != null && (files.containsKey(found) || directories.containsKey(found));
  }

  @Override
  public List<String> list(String path) {
    String found = path.isEmpty() ? "" : resolve(path);
    return found == null
        ? List.of()
        : List.copyOf(directories.getOrDefault(found, new TreeSet<>()));
  }

  @Override
  public Optional<String> read(String path) {
    String found = resolve(path);
    return found == null
        ? Optional.empty()
        : Optional.ofNullable(files.get(found)).map(Kept::content);
  }

  @Override
  public Optional<String> link(String path) {
    int slash = path.lastIndexOf('/');
    String parent = slash < 0 ? "" : resolve(path.substring(0, slash));
    return parent == null
        ? Optional.empty()
        : Optional.ofNullable(files.get(parent + path.substring(Math.max(slash, 0))))
            .map(Kept::link);
  }

  @Override
  public boolean isPublic(String path) {
    String found = resolve(path);
    Kept file = found == null ? null : files.get(found);
    return file != null && file.isPublic();
  }

  @Override
  public List<String> failures() {
    return List.copyOf(failures);
  }
}
