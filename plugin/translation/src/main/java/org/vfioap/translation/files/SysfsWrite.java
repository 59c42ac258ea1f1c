package org.vfioap.translation.files;

/**
 * A value to write to a file.
 *
 * @param path the file, from {@code /sys}
 * @param value without a newline
 */
public record SysfsWrite(String path, String value) {
  /** Returns the command of a shell that does it, quoted where a shell would misread it. */
  public String toShell() {
    return "echo " + quoted(value) + " > " + quoted(path);
  }

  private static String quoted(String word) {
    boolean plain = word.matches("[A-Za-z0-9_./:,+=-]+") && !word.startsWith("-");
    return plain ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  /** Returns the last element of the path. */
  public String file() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
