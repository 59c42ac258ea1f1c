package org.vfioap.junit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.vfioap.files.Glob;
import org.vfioap.kernel.Errno;

/** Notes writes. */
final class FileJournal implements WriteJournal {
  private final List<Write> writes = new ArrayList<>();

  synchronized void add(Instant time, String path, String value, Optional<Errno> refused) {
    String thread = Thread.currentThread().getName();
    writes.add(new Write(time, path, value.strip(), refused, thread));
  }

  @Override
  public synchronized List<Write> writes() {
    return List.copyOf(writes);
  }

  @Override
  public synchronized void clear() {
    writes.clear();
  }

  @Override
  public Verification wrote(String glob) {
    Pattern paths = Glob.pattern(glob);
    return new Tally<>(
        "written",
        glob,
        this::writes,
        new Tally.Reading<>(
            Write::path, path -> paths.matcher(path).matches(), FileJournal::value));
  }

  private static @Nullable String value(Write write, String name) {
    return switch (name) {
      case "value" -> write.value();
      case "errno" -> write.refused().map(Errno::name).orElse(null);
      case "thread" -> write.thread();
      default ->
          throw new IllegalArgumentException(
              "a write has no '" + name + "'; allowed: value, errno, thread");
    };
  }
}
