package org.vfioap.cli.serve;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.vfioap.ap.AdapterMode;
import org.vfioap.ap.AdapterType;
import org.vfioap.ap.Apqn;
import org.vfioap.junit.Fixture;
import org.vfioap.junit.VfioApExtension;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.kernel.Uevent;

/** The contract, through the JUnit fixture. */
final class JavaDoorTest extends DoorContract {
  @RegisterExtension final VfioApExtension extension = VfioApExtension.machine("document").build();

  @Override
  Door door() {
    return new FixtureDoor(extension.fixture());
  }

  private static <T> T told(Supplier<T> action) {
    try {
      return action.get();
    } catch (KernelRefusal refusal) {
      throw new Door.Refused(refusal.errno().name());
    } catch (AssertionError | IllegalArgumentException refusal) {
      throw new Door.Refused(String.valueOf(refusal.getMessage()));
    }
  }

  private static void done(Runnable action) {
    told(
        () -> {
          action.run();
          return true;
        });
  }

  private record FixtureDoor(Fixture fixture) implements Door, Door.Orders {
    @Override
    public String read(String path) {
      return told(() -> fixture.read(path));
    }

    @Override
    public void write(String path, String value) {
      done(() -> fixture.write(path, value));
    }

    @Override
    public Path guest(String name, String... mdevs) {
      return fixture.startGuest(name, "host", List.of(mdevs)).qmpSocket();
    }

    @Override
    public Set<String> queues(String guest) {
      return fixture.guest(guest).queues().stream().map(Apqn::toString).collect(Collectors.toSet());
    }

    @Override
    public Door.Orders faults() {
      return this;
    }

    @Override
    public void awaitQueue(String apqn) {
      done(() -> fixture.await().queue(apqn));
    }

    @Override
    public void awaitQueueIn(String apqn, String guest, long milliseconds) {
      Duration atMost = Duration.ofMillis(milliseconds);
      done(() -> fixture.await().within(atMost).queueIn(apqn, fixture.guest(guest)));
    }

    @Override
    public void awaitLog(String text) {
      done(() -> fixture.await().log(text));
    }

    @Override
    public void awaitUevent(String action, String glob) {
      Uevent.Action wanted = Uevent.Action.valueOf(action.toUpperCase(Locale.ROOT));
      done(() -> fixture.await().uevent(wanted, glob));
    }

    @Override
    public void awaitGuestEvent(String guest, String event) {
      done(() -> fixture.guest(guest).await().event(event));
    }

    @Override
    public List<String> commands(String guest) {
      return fixture.guest(guest).journal().commands();
    }

    @Override
    public List<String> writes() {
      return fixture.writes().writes().stream()
          .map(each -> each.path() + " " + each.value() + " " + name(each.refused().orElse(null)))
          .toList();
    }

    private static String name(@Nullable Errno errno) {
      return errno == null ? "" : errno.name();
    }

    @Override
    public void rejectUnplug(String guest) {
      fixture.guest(guest).faults().unplug().reject().once();
    }

    @Override
    public void refusePlug(String guest, String text) {
      fixture.guest(guest).faults().plug().refuse(text).once();
    }

    @Override
    public void refuseCommand(String guest, String command, String text) {
      done(() -> fixture.guest(guest).faults().command(command).refuse(text).once());
    }

    @Override
    public void loseEvent(String guest, String event) {
      done(() -> fixture.guest(guest).faults().event(event).lose().once());
    }

    @Override
    public void refuseWrite(String glob, String errno) {
      fixture.faults().write(glob).refuse(Errno.valueOf(errno));
    }

    @Override
    public void writeBefore(String glob, String path, String value) {
      fixture.faults().before(glob).run(() -> fixture.write(path, value));
    }

    @Override
    public void arrive(int adapter, String type, String mode) {
      fixture.faults().arrive(adapter, AdapterType.parse(type), AdapterMode.parse(mode));
    }

    @Override
    public void checkstop(int adapter) {
      fixture.faults().checkstop(adapter);
    }
  }
}
