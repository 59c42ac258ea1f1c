package org.vfioap.machine;

/**
 * A machine file is wrong, cannot be read, or asks for an mdev that the kernel refuses.
 *
 * <p>The message is {@code FILE:LINE:COLUMN: what is wrong; allowed: what could stand there}, or
 * without line and column if the file as a whole is meant. It fits one terminal line and repeats no
 * control character of the file.
 */
public final class MachineFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final int line;
  private final int column;
  private final String problem;
  private final String allowed;

  MachineFileException(Position position, String problem, String allowed) {
    super(position + ": " + problem + "; allowed: " + allowed);
    this.file = position.file();
    this.line = position.line();
    this.column = position.column();
    this.problem = problem;
    this.allowed = allowed;
  }

  /** Returns the name of the file as it was given, {@code preset NAME} for a preset. */
  public String file() {
    return file;
  }

  /** Returns the line, counted from 1; 0 if the file as a whole is meant. */
  public int line() {
    return line;
  }

  /** Returns the column in characters, counted from 1; 0 if the file as a whole is meant. */
  public int column() {
    return column;
  }

  /** Returns what is wrong, with the offending value. */
  public String problem() {
    return problem;
  }

  /** Returns what could stand there instead. */
  public String allowed() {
    return allowed;
  }
}
