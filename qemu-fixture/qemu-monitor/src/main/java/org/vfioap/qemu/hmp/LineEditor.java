package org.vfioap.qemu.hmp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.vfioap.qemu.persona.QemuRules;

/**
 * Edits one line byte by byte and repaints it as QEMU does: cursor back, the whole line, erase the
 * rest, cursor back to its place. Source: util/readline.c of QEMU 7.2.
 */
public final class LineEditor {
  private static final int LINE_BYTES = 4095;
  private static final byte[] LEFT = ascii("\033[D");
  private static final byte[] RIGHT = ascii("\033[C");
  private static final byte[] ERASE = ascii("\033[K");

  private final Screen screen;
  private final History history = new History();
  private byte[] line = {};
  private int cursor;
  private byte[] shown = {};
  private int shownCursor;
  private EscapeState escape = EscapeState.NONE;
  private int escapeNumber;

  private LineEditor(Screen screen) {
    this.screen = screen;
  }

  /** Returns an editor that paints on {@code screen}. */
  public static LineEditor on(Screen screen) {
    return new LineEditor(screen);
  }

  /** Shows the prompt and starts an empty line. */
  public void prompt() {
    screen.paint(ascii("(qemu) "));
    line = new byte[0];
    cursor = 0;
    shown = line;
    shownCursor = 0;
    escape = EscapeState.NONE;
    history.rewind();
  }

  /** Takes the next byte that was typed. */
  public void type(byte typed) {
    int b = typed & 0xFF;
    switch (escape) {
      case ESCAPE -> afterEscape(b);
      case BRACKET -> afterBracket(b);
      case FUNCTION -> afterFunction(b);
      default -> plain(b);
    }
  }

  private void plain(int b) {
    switch (b) {
      case 1 -> cursor = 0;
      case 4 -> deleteHere();
      case 5 -> cursor = line.length;
      case 8, 127 -> backspace();
      case 9 -> complete();
      case 10, 13 -> {
        enter();
        return;
      }
      case 12 -> clear();
      case 23 -> deleteWord();
      case 27 -> escape = EscapeState.ESCAPE;
      case 155 -> escape = EscapeState.BRACKET;
      case 14, 16, 21 -> control(b);
      default -> {
        if (b >= 32) {
          insert(new byte[] {(byte) b});
        }
      }
    }
    repaint();
  }

  private void control(int b) {
    if (!QemuRules.CONTROL_KEYS.now()) {
      return;
    }
    switch (b) {
      case 14 -> later();
      case 16 -> earlier();
      default -> replace(0, cursor, new byte[0]);
    }
  }

  private void afterEscape(int b) {
    escape = EscapeState.NONE;
    if (b == '[') {
      escape = EscapeState.BRACKET;
      escapeNumber = 0;
    } else if (b == 'O') {
      escape = EscapeState.FUNCTION;
      escapeNumber = 0;
    }
    repaint();
  }

  private void afterBracket(int b) {
    if (b >= '0' && b <= '9') {
      escapeNumber = escapeNumber * 10 + b - '0';
      return;
    }
    escape = EscapeState.NONE;
    switch (b) {
      case 'A', 'F' -> earlier();
      case 'B', 'E' -> later();
      case 'D' -> cursor = Math.max(0, cursor - 1);
      case 'C' -> cursor = Math.min(line.length, cursor + 1);
      case '~' -> keypad();
      default -> {}
    }
    repaint();
  }

  private void keypad() {
    switch (escapeNumber) {
      case 1 -> cursor = 0;
      case 3 -> deleteHere();
      case 4 -> cursor = line.length;
      default -> {}
    }
  }

  private void afterFunction(int b) {
    escape = EscapeState.NONE;
    if (b == 'F') {
      cursor = line.length;
    } else if (b == 'H') {
      cursor = 0;
    }
    repaint();
  }

  private void insert(byte[] bytes) {
    if (line.length + bytes.length <= LINE_BYTES) {
      replace(cursor, cursor, bytes);
    }
  }

  private void replace(int from, int to, byte[] bytes) {
    ByteArrayOutputStream edited = new ByteArrayOutputStream();
    edited.write(line, 0, from);
    edited.write(bytes, 0, bytes.length);
    edited.write(line, to, line.length - to);
    line = edited.toByteArray();
    cursor = from + bytes.length;
  }

  private void deleteHere() {
    if (cursor < line.length) {
      replace(cursor, cursor + 1, new byte[0]);
    }
  }

  private void backspace() {
    if (cursor > 0) {
      replace(cursor - 1, cursor, new byte[0]);
    }
  }

  /** Deletes back to the space before the word; one at the very start of the line goes too. */
  private void deleteWord() {
    int start = cursor - 1;
    while (start > 0 && isSpace(line[start])) {
      start--;
    }
    while (start > 0 && !isSpace(line[start])) {
      start--;
    }
    if (start >= 0) {
      replace(start > 0 ? start + 1 : 0, cursor, new byte[0]);
    }
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || (b >= '\t' && b <= '\r');
  }

  private void earlier() {
    history.earlier(text(line)).ifPresent(this::show);
  }

  private void later() {
    history.later().ifPresent(this::show);
  }

  private void show(String text) {
    line = bytes(text);
    cursor = line.length;
  }

  private void enter() {
    String text = text(line);
    screen.paint(ascii("\r\n"));
    history.add(text);
    line = new byte[0];
    cursor = 0;
    shown = line;
    shownCursor = 0;
    screen.entered(text);
  }

  private void complete() {
    String before = text(Arrays.copyOf(line, cursor));
    Completion completion = screen.complete(before);
    if (completion.candidates().isEmpty()) {
      return;
    }
    if (completion.candidates().size() == 1) {
      String only = completion.candidates().get(0);
      insert(bytes(completion.rest(only) + (only.endsWith("/") ? "" : " ")));
      return;
    }
    screen.paint(ascii(completion.table()));
    insert(bytes(completion.rest(completion.commonPrefix())));
    screen.paint(ascii("(qemu) "));
    shown = new byte[0];
    shownCursor = 0;
  }

  /** Clears the screen; the line follows as if it were new. */
  private void clear() {
    screen.paint(ascii("\033[2J\033[1;1H(qemu) "));
    shown = new byte[0];
    shownCursor = 0;
  }

  private void repaint() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (!Arrays.equals(shown, line)) {
      repeat(out, LEFT, shownCursor);
      out.write(line, 0, line.length);
      out.write(ERASE, 0, ERASE.length);
      shown = line;
      shownCursor = line.length;
    }
    repeat(out, LEFT, Math.max(0, shownCursor - cursor));
    repeat(out, RIGHT, Math.max(0, cursor - shownCursor));
    shownCursor = cursor;
    screen.paint(out.toByteArray());
  }

  private static void repeat(ByteArrayOutputStream out, byte[] bytes, int times) {
    for (int i = 0; i < times; i++) {
      out.write(bytes, 0, bytes.length);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Lines are kept as one character per byte, so that any bytes survive. */
  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private enum EscapeState {
    NONE,
    ESCAPE,
    BRACKET,
    FUNCTION
  }

  /** Where the editor paints, and who takes its lines; lines carry one character per byte. */
  public interface Screen {
    /** Sends bytes to the terminal. */
    void paint(byte[] bytes);

    /** Takes a complete line. */
    void entered(String line);

    /** Returns what the text before the cursor could go on with. */
    Completion complete(String before);
  }
}
