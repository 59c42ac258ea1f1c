package org.vfioap.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.vfioap.kernel.KernelRules;
import org.vfioap.kernel.WhenBusy;

/**
 * Looks for a serial order of steps that ran at the same time: one that keeps the order of steps
 * that did not overlap, and in which each step, run alone on a fresh host, answers as it did.
 *
 * <pre>
 *   thread 1   [---- a ----]       [-- c --]          a b c    or    b a c
 *   thread 2        [--- b ---]                       but never c before a
 * </pre>
 */
final class SerialOrder {
  private final Supplier<ApHost> boot;
  private final Function<ApHost, String> state;
  private final List<Ran> history;
  private final String end;

  /** Something to do on a host; it returns the answer. */
  record Step(String name, boolean assigns, boolean writesMask, Function<ApHost, String> action) {
    String on(ApHost host) {
      return action.apply(host);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /**
   * A step that ran.
   *
   * @param start a tick before it began
   * @param end a tick after it ended
   */
  record Ran(Step step, long start, long end, String answer) {
    boolean overlaps(Ran other) {
      return start < other.end && other.start < end;
    }

    @Override
    public String toString() {
      return String.format("%3d-%3d %s -> %s", start, end, step, answer.strip());
    }
  }

  /**
   * Prepares the search.
   *
   * @param boot makes the host as it was before the history
   * @param state describes a host completely
   * @param end the description after the history
   */
  SerialOrder(
      Supplier<ApHost> boot, Function<ApHost, String> state, List<Ran> history, String end) {
    this.boot = boot;
    this.state = state;
    this.history = history;
    this.end = end;
  }

  /** Returns such an order, if there is one. */
  Optional<List<Ran>> find() {
    return extend(List.of());
  }

  private Optional<List<Ran>> extend(List<Ran> prefix) {
    Optional<ApHost> host = replay(prefix);
    if (host.isEmpty()) {
      return Optional.empty();
    }
    if (prefix.size() == history.size()) {
      return Optional.of(prefix).filter(all -> state.apply(host.get()).equals(end));
    }
    return history.stream()
        .filter(ran -> !prefix.contains(ran) && mayBeNext(ran, prefix))
        .map(ran -> extend(with(prefix, ran)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static List<Ran> with(List<Ran> prefix, Ran ran) {
    List<Ran> longer = new ArrayList<>(prefix);
    longer.add(ran);
    return longer;
  }

  /** A step may be next if no other that is still to come had ended before it began. */
  private boolean mayBeNext(Ran ran, List<Ran> prefix) {
    return history.stream()
        .filter(other -> !prefix.contains(other))
        .noneMatch(other -> other.end() < ran.start());
  }

  /** Runs the steps on a fresh host; empty if one answers differently. */
  private Optional<ApHost> replay(List<Ran> steps) {
    ApHost host = boot.get();
    for (Ran ran : steps) {
      boolean agrees = metMaskWrite(ran, host) || ran.step().on(host).equals(ran.answer());
      if (!agrees) {
        return Optional.empty();
      }
    }
    return Optional.of(host);
  }

  /** The document lets an assignment fail, without effect, while a mask file is being written. */
  private boolean metMaskWrite(Ran ran, ApHost host) {
    return host.profile().get(KernelRules.ASSIGN_DURING_MASK_WRITE) == WhenBusy.REFUSE
        && ran.step().assigns()
        && ran.answer().equals("EBUSY")
        && history.stream().anyMatch(other -> other.step().writesMask() && other.overlaps(ran));
  }
}
