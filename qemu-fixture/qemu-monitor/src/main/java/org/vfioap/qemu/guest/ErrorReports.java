package org.vfioap.qemu.guest;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vfioap.qemu.persona.QemuRules;

/**
 * Where complaints go that are no answers: to the human monitor whose command is executed, else to
 * standard error, after the program's name unless a QMP command is executed. Source:
 * util/qemu-error.c and monitor/monitor.c of QEMU 7.2.
 */
public final class ErrorReports {
  private final GuestEnvironment environment;
  private final String program;
  private String prefix;
  private @Nullable StringBuilder screen;

  ErrorReports(GuestEnvironment environment, String program) {
    this.environment = environment;
    this.program = program;
    this.prefix = program + ": ";
  }

  /** Complains; {@code text} ends with a line feed. */
  public void report(String text) {
    StringBuilder human = screen;
    if (human != null) {
      human.append(text);
    } else {
      environment.print(prefix + text);
    }
  }

  /** Makes reports part of what a human monitor shows; nothing means standard error again. */
  public Optional<StringBuilder> showOn(Optional<StringBuilder> monitor) {
    Optional<StringBuilder> before = Optional.ofNullable(screen);
    screen = monitor.orElse(null);
    return before;
  }

  /** Says whether a QMP command is being executed. */
  public void setInCommand(boolean now) {
    prefix = now && !QemuRules.PROGRAM_IN_COMMANDS.now() ? "" : program + ": ";
  }

  /** Names the option that is being processed; empty if none is. */
  public void setLocation(String location) {
    String start = location.startsWith(":") ? program : program + ": ";
    prefix = start + location + (location.isEmpty() ? "" : ": ");
  }

  /** Runs what happens after the command, on the main loop. */
  void outsideCommand(Runnable action) {
    String before = prefix;
    Optional<StringBuilder> human = showOn(Optional.empty());
    prefix = program + ": ";
    action.run();
    prefix = before;
    showOn(human);
  }
}
