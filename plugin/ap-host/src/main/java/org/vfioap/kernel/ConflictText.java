package org.vfioap.kernel;

/**
 * A log line with the placeholders {@code {apqn}}, {@code {owner}} (the mdev that has it) and
 * {@code {mdev}} (the one that wants it).
 *
 * @param source what {@code dev_warn} puts before the text, or empty
 * @param message the text
 */
public record ConflictText(String source, String message) {
  /** The line of the document, the same for assignments and masks. */
  static final ConflictText DOCUMENTED =
      new ConflictText("", "Userspace may not re-assign queue {apqn} already assigned to {owner}");

  /** Writes the line to the log at level warning. */
  public void log(KernelLog log, String apqn, String owner, String mdev) {
    log.add(
        LogLine.Level.WARNING, fill(source, apqn, owner, mdev), fill(message, apqn, owner, mdev));
  }

  private static String fill(String template, String apqn, String owner, String mdev) {
    return template.replace("{apqn}", apqn).replace("{owner}", owner).replace("{mdev}", mdev);
  }

  /** Returns the line as the table shows it. */
  @Override
  public String toString() {
    return fill(source.isEmpty() ? message : source + ": " + message, "CC.DDDD", "OWNER", "UUID");
  }
}
