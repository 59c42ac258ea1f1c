package org.vfioap.place;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Who is connected to a control socket: so many that nobody can keep others out, by silence, by
 * following, or by asking much.
 *
 * <p>A request must come within {@value #SECONDS_TO_ASK} seconds. When more than {@value
 * #MAX_SILENT} have not asked yet, the one that has been silent for longest is sent away; at most
 * {@value #MAX_ASKERS} requests are answered at once, and besides them {@value #MAX_FOLLOWERS}
 * followers.
 */
final class Visitors {
  static final int SECONDS_TO_ASK = 10;
  static final int MAX_SILENT = 64;
  static final int MAX_ASKERS = 64;
  static final int MAX_FOLLOWERS = 256;

  private final Map<SocketChannel, Long> silent = new LinkedHashMap<>();
  private final Set<SocketChannel> askers = new HashSet<>();
  private final Set<SocketChannel> followers = new HashSet<>();

  /** Somebody connected. */
  synchronized void arrives(SocketChannel visitor) {
    silent.put(visitor, System.nanoTime());
    notifyAll();
    if (silent.size() > MAX_SILENT) {
      dismiss(
          silent.keySet().iterator().next(),
          "too many connections: " + MAX_SILENT + " others have not sent their request yet");
    }
  }

  /**
   * The request of a visitor is complete.
   *
   * @throws IllegalArgumentException if too many are answered already
   */
  synchronized void asks(SocketChannel visitor, boolean follows) {
    silent.remove(visitor);
    Set<SocketChannel> group = follows ? followers : askers;
    int most = follows ? MAX_FOLLOWERS : MAX_ASKERS;
    if (group.size() >= most) {
      String what = follows ? "followers: " : "requests: ";
      throw new IllegalArgumentException(
          "too many " + what + most + " are answered now; try again when one has ended");
    }
    group.add(visitor);
  }

  /** The connection ended. */
  synchronized void leaves(SocketChannel visitor) {
    silent.remove(visitor);
    askers.remove(visitor);
    followers.remove(visitor);
  }

  /** Sends those away that do not ask in time; returns when it is interrupted. */
  void dismissTheSilent() {
    try {
      while (true) {
        dismissOldest();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void dismissOldest() throws InterruptedException {
    long left = millisecondsLeft();
    while (left > 0) {
      wait(left);
      left = millisecondsLeft();
    }
    dismiss(
        silent.keySet().iterator().next(), "no request came within " + SECONDS_TO_ASK + " seconds");
  }

  /** Returns how long the one may go on that has been silent for longest. */
  private long millisecondsLeft() {
    long now = System.nanoTime();
    long since = silent.values().stream().findFirst().orElse(now);
    return SECONDS_TO_ASK * 1000L - (now - since) / 1_000_000;
  }

  /** It sent nothing, so there is room for a line to it. */
  private void dismiss(SocketChannel visitor, String reason) {
    silent.remove(visitor);
    try (visitor) {
      String line = Wire.part(Wire.ERROR, reason);
      visitor.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException gone) {
      // It need not be told.
    }
  }
}
