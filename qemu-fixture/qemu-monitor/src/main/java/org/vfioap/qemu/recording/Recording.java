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

/**
 * One recorded file: entries with a name and a text. The format is in docs/qemu-recordings.md: a
 * line {@code == NAME} (or several names, separated by tabs, that share a text), then the lines of
 * the text.
 *
 * <p>Files are read once, on first use, and kept.
 */
public final class Recording {
  private static final Map<String, Recording> LOADED = new ConcurrentHashMap<>();
  private static final String MARK = "== ";

  /** The texts by name, a character for each byte: few are asked for, so only these are decoded. */
  private final Map<String, String> entries;

  private final Map<String, String> decoded = new ConcurrentHashMap<>();

  private Recording(Map<String, String> entries) {
    this.entries = entries;
  }

  /** Returns the recorded file called {@code name}, without the suffix. */
  public static Recording named(String name) {
    return LOADED.computeIfAbsent(name, Recording::load);
  }

  static Recording parse(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    Map<String, String> entries = new LinkedHashMap<>();
    int at = text.startsWith(MARK) ? 0 : text.length();
    while (at < text.length()) {
      int header = endOfLine(text, at);
      int next = text.indexOf("\n" + MARK, header);
      int end = next < 0 ? text.length() - 1 : next;
      String body = header + 1 > end ? "" : text.substring(header + 1, end);
      for (String name : text.substring(at + MARK.length(), header).split("\t", -1)) {
        entries.put(name, body);
      }
      at = end + 1;
    }
    return new Recording(entries);
  }

  private static int endOfLine(String text, int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }

  private static Recording load(String name) {
    try (InputStream in = Recording.class.getResourceAsStream("data/" + name + ".rec")) {
      if (in == null) {
        throw new IllegalArgumentException("no recording is called " + name);
      }
      return parse(in.readAllBytes());
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
      text = decode(entries.get(name));
      decoded.put(name, text);
    }
    return Optional.ofNullable(text);
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
