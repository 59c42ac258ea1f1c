package org.vfioap.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.vfioap.kernel.LogLine.Level;

/**
 * The ring buffer.
 *
 * <pre>
 *   [   12.345678] vfio_ap_mdev UUID: text
 *     since boot     source           message
 * </pre>
 */
class KernelLogTest {
  private Instant now = Instant.EPOCH;
  private final KernelLog log = KernelLog.startingNow(() -> now);

  @Test
  void printsLinesAsDmesgDoes() {
    now = now.plus(Duration.ofNanos(12_345_678_999L));

    log.add(Level.WARNING, "vfio_ap_mdev x", "text");

    assertThat(log.lines())
        .singleElement()
        .hasToString("[   12.345678] vfio_ap_mdev x: text")
        .extracting(line -> line.level().label())
        .isEqualTo("warning");
  }

  @Test
  void leavesOutAnEmptySource() {
    log.add(Level.ERR, "", "text");

    assertThat(log.lines().get(0).text()).isEqualTo("text");
  }

  @Test
  void givesLinesSinceAPosition() {
    log.add(Level.INFO, "", "before");
    long position = log.position();
    assertThat(log.linesSince(position)).isEmpty();

    log.add(Level.INFO, "", "after");

    assertThat(log.linesSince(position)).extracting(LogLine::message).containsExactly("after");
  }

  @Test
  void keepsTheNewestLines() {
    for (int i = 0; i < 65536 + 10; i++) {
      log.add(Level.INFO, "", "line " + i);
    }

    assertThat(log.lines()).hasSize(65536);
    assertThat(log.lines().get(0).message()).isEqualTo("line 10");
    assertThat(log.linesSince(0)).hasSize(65536);
    assertThat(log.linesSince(log.position() - 1))
        .extracting(LogLine::message)
        .containsExactly("line 65545");
  }
}
