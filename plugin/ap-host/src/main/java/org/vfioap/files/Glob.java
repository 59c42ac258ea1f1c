package org.vfioap.files;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A glob of {@link java.nio.file.FileSystem#getPathMatcher} as a regular expression. */
public final class Glob {
  private final String glob;
  private final StringBuilder regex = new StringBuilder(64);
  private int at;
  private boolean inGroup;

  private Glob(String glob) {
    this.glob = glob;
  }

  /**
   * Returns the expression: {@code *} and {@code ?} stay in a name, {@code **} goes over slashes,
   * {@code [a-c]}, {@code [!a]}, {@code {one,two}} and {@code \} are as in the JDK.
   *
   * @throws PatternSyntaxException if a bracket or group is not closed, or groups are nested
   */
  public static Pattern pattern(String glob) {
    return new Glob(glob).translate();
  }

  private Pattern translate() {
    while (at < glob.length()) {
      one(glob.charAt(at++));
    }
    if (inGroup) {
      throw wrong("Missing '}'");
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  private void one(char c) {
    switch (c) {
      case '*' -> star();
      case '?' -> regex.append("[^/]");
      case '[' -> bracket();
      case '{' -> open();
      case '}' -> close();
      case ',' -> regex.append(inGroup ? ")|(?:" : ",");
      case '\\' -> quote(next("No character to escape"));
      default -> quote(c);
    }
  }

  private void quote(char c) {
    regex.append(Pattern.quote(String.valueOf(c)));
  }

  private char next(String otherwise) {
    if (at == glob.length()) {
      throw wrong(otherwise);
    }
    return glob.charAt(at++);
  }

  private void star() {
    if (at < glob.length() && glob.charAt(at) == '*') {
      at++;
      regex.append(".*");
    } else {
      regex.append("[^/]*");
    }
  }

  private void open() {
    if (inGroup) {
      throw wrong("Cannot nest groups");
    }
    inGroup = true;
    regex.append("(?:(?:");
  }

  private void close() {
    regex.append(inGroup ? "))" : "\\}");
    inGroup = false;
  }

  private void bracket() {
    regex.append("(?!/)[");
    char c = next("Missing ']'");
    if (c == '!') {
      regex.append('^');
      c = next("Missing ']'");
    }
    boolean first = true;
    while (c != ']' || first) {
      regex.append("\\^[&".indexOf(c) >= 0 ? "\\" + c : String.valueOf(c));
      first = false;
      c = next("Missing ']'");
    }
    regex.append(']');
  }

  private PatternSyntaxException wrong(String why) {
    return new PatternSyntaxException(why, glob, at - 1);
  }
}
