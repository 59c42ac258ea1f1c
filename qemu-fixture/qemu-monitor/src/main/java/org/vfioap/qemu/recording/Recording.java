package org.vfioap.qemu.recording;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.vfioap.qemu.persona.QemuVersion;

/**
 * One recorded file: entries with a name and a text. The format is in docs/qemu-recordings.md: a
 * line {@code == NAME} (or several names, separated by tabs, that share a text), then the lines of
 * the text; {@code =~ NAME} if the version before has the same text.
 *
 * <p>Files are read once, on first use, and kept.
 */
public final class Recording {
  private static final Map<String, Recording> LOADED = new ConcurrentHashMap<>();
  private static final String MARK = "== ";
  private static final String SHARED_MARK = "=~ ";

  /** In the place of a text that the version before has, too. */
  @SuppressWarnings("StringOperationCanBeSimplified") // it is told by its identity
  private static final String SHARED = new String("shared");

  /** The texts by name, a character for each byte: few are asked for, so only these are decoded. */
  private final Map<String, String> entries;

  private final Map<String, String> decoded = new ConcurrentHashMap<>();
  private final Source before;

  private Recording(Map<String, String> entries, Source before) {
    this.entries = entries;
    this.before = before;
  }

  /** Where the texts are that a version shares with the one before. */
  public interface Source {
    /** Returns the file of the version before; it is asked for when the first text is. */
    Recording get();
  }

  /** Returns the file called {@code name}, without the suffix, of the version of this thread. */
  public static Recording named(String name) {
    return of(QemuVersion.current(), name);
  }

  /** Says whether the version of this thread has a file called {@code name}. */
  public static boolean exists(String name) {
    return Recording.class.getResource(path(QemuVersion.current(), name)) != null;
  }

  private static Recording of(QemuVersion version, String name) {
    String path = path(version, name);
    Recording known = LOADED.get(path);
    if (known == null) {
      known = load(version, name, path);
      LOADED.put(path, known);
    }
    return known;
  }

  private static String path(QemuVersion version, String name) {
    return "data/" + version + "/" + name + ".rec";
  }

  /** Reads a file; {@code before} is that of the version before. */
  public static Recording parse(byte[] bytes, Source before) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    Map<String, String> entries = new LinkedHashMap<>();
    int at = isMark(text, 0) ? 0 : text.length();
    while (at < text.length()) {
      int header = endOfLine(text, at);
      int next = nextMark(text, header);
      int end = next < 0 ? text.length() - 1 : next;
      String body = header + 1 > end ? "" : text.substring(header + 1, end);
      boolean shared = text.startsWith(SHARED_MARK, at);
      for (String name : text.substring(at + MARK.length(), header).split("\t", -1)) {
        entries.put(name, shared ? SHARED : body);
      }
      at = end + 1;
    }
    return new Recording(entries, before);
  }

  private static boolean isMark(String text, int at) {
    return text.startsWith(MARK, at) || text.startsWith(SHARED_MARK, at);
  }

  /** Returns where the line ends that the next mark follows; -1 if there is none. */
  private static int nextMark(String text, int from) {
    int at = text.indexOf("\n=", from);
    while (at >= 0 && !isMark(text, at + 1)) {
      at = text.indexOf("\n=", at + 1);
    }
    return at;
  }

  private static int endOfLine(String text, int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }

  private static Recording load(QemuVersion version, String name, String path) {
    try (InputStream in = Recording.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalArgumentException("no recording is called " + name);
      }
      return parse(
          in.readAllBytes(),
          new Source() {
            @Override
            public Recording get() {
              return of(version.before().orElseThrow(), name);
            }
          });
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Returns the names in the order of the file. */
  public List<String> names() {
    return List.copyOf(entries.keySet());
  }

  /** Returns the text called {@code name}. */
  public Optional<String> find(String name) {
    String text = decoded.get(name);
    if (text == null && entries.containsKey(name)) {
      text = read(name, entries.get(name));
      decoded.put(name, text);
    }
    return Optional.ofNullable(text);
  }

  @SuppressWarnings("ReferenceEquality") // see SHARED
  private String read(String name, String bytes) {
    return bytes == SHARED ? before.get().get(name) : decode(bytes);
  }

  private static String decode(String bytes) {
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  /**
   * Returns the text called {@code name}.
   *
   * @throws IllegalArgumentException if the file has none
   */
  public String get(String name) {
    return find(name)
        .orElseThrow(() -> new IllegalArgumentException("no recorded entry is called " + name));
  }

  /** Returns the lines of the text called {@code name}. */
  public List<String> lines(String name) {
    return get(name).lines().toList();
  }
}
