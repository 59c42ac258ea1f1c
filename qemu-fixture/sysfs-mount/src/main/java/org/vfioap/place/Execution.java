package org.vfioap.place;

/**
 * What came of a command in a machine.
 *
 * @param status its exit status
 * @param output what it wrote to its standard output
 * @param errors what it wrote to its standard error
 */
public record Execution(int status, String output, String errors) {
  /** Tells whether its exit status is 0. */
  public boolean succeeded() {
    return status == 0;
  }
}
