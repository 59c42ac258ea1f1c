package org.vfioap.cli.session;

import java.io.PrintWriter;
import picocli.CommandLine.Help.Ansi;

/** Where a session is printed: coloured on a terminal, plain elsewhere. */
public final class Screen {
  private final PrintWriter out;
  private final Ansi ansi;
  private boolean empty = true;

  /** Creates a screen; colours only if {@code ansi} is enabled. */
  public Screen(PrintWriter out, Ansi ansi) {
    this.out = out;
    this.ansi = ansi;
  }

  /** Prints the title of a part of the session. */
  public void title(String text) {
    if (!empty) {
      out.println();
    }
    empty = false;
    styled("bold", "== " + text + " ==");
  }

  /** Prints a remark of the narrator. */
  public void remark(String text) {
    styled("faint", "# " + text);
  }

  /** Prints a command line as it was typed. */
  public void typed(String prompt, String line) {
    out.println(ansi.new Text("@|bold,green " + prompt + "|@").toString() + line);
  }

  /** Prints what a command answered; nothing if the text is empty. */
  public void answer(String text) {
    if (!text.isEmpty()) {
      out.print(text.endsWith("\n") ? text : text + "\n");
    }
  }

  /** Prints an error message of a command. */
  public void error(String text) {
    styled("red", text);
  }

  private void styled(String style, String text) {
    // A text may hold what picocli would take for markup, so only the frame goes through it.
    String frame = ansi.new Text("@|" + style + " x|@").toString();
    int at = frame.indexOf('x');
    out.println(frame.substring(0, at) + text + frame.substring(at + 1));
  }
}
