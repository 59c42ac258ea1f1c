package org.vfioap.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vfioap.ap.ApMask;
import org.vfioap.bus.ApCard;
import org.vfioap.bus.ApQueue;
import org.vfioap.host.SerialOrder.Ran;
import org.vfioap.host.SerialOrder.Step;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.lab.Admin;
import org.vfioap.lab.Machines;

/**
 * Concurrent writers see some serial order: for many small histories one is searched.
 *
 * <pre>
 *   05.0001 05.0002      mdev 1  in use by a guest          three threads, three steps each:
 *   06.0001 06.0002      mdev 2                             assign, unassign, masks, read,
 *                                                           create, remove, scan
 * </pre>
 */
class SerialOrderTest {
  private static final int THREADS = 3;
  private static final int STEPS = 3;
  private static final int HISTORIES = 120;

  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  private static ApHost boot(KernelProfile profile) {
    Admin admin = Admin.bootAllPassed(Machines.cards(ApMask.of(5, 6), ApMask.of(1, 2)), profile);
    admin.create(Admin.UUID1).assignAdapters(5).assignDomains(1).start("guest");
    admin.create(Admin.UUID2).assignDomains(2);
    return admin.host();
  }

  private static Step write(String path, String text) {
    boolean mask = path.endsWith("mask");
    boolean assigns = path.contains("/assign");
    return new Step(
        "echo " + text + " > " + path, assigns, mask, host -> answer(() -> echo(host, path, text)));
  }

  private static String echo(ApHost host, String path, String text) {
    host.sysfs().write(path, text + "\n");
    return "ok";
  }

  private static Step read(String path) {
    return new Step("cat " + path, false, false, host -> answer(() -> host.sysfs().read(path)));
  }

  /** A file whose device goes between open and write answers ENODEV: gone it is either way. */
  private static String answer(Supplier<String> call) {
    try {
      return call.get();
    } catch (KernelRefusal refusal) {
      return refusal.errno().name().replace("ENODEV", "ENOENT");
    }
  }

  private static Step random(Random random) {
    String mdev = Admin.MATRIX + (random.nextBoolean() ? Admin.UUID1 : Admin.UUID2) + "/";
    String adapter = String.valueOf(5 + random.nextInt(2));
    String domain = String.valueOf(1 + random.nextInt(2));
    String sign = random.nextBoolean() ? "+" : "-";
    return switch (random.nextInt(12)) {
      case 0, 1 -> write(mdev + "assign_adapter", adapter);
      case 2, 3 -> write(mdev + "assign_domain", domain);
      case 4 -> write(mdev + "unassign_adapter", adapter);
      case 5 -> write(mdev + "unassign_domain", domain);
      case 6 -> write("/sys/bus/ap/apmask", sign + adapter);
      case 7 -> write("/sys/bus/ap/aqmask", sign + domain);
      case 8 -> read(mdev + "matrix");
      case 9 -> read(mdev + "guest_matrix");
      case 10 -> write(Admin.MATRIX + Admin.UUID2 + "/remove", "1");
      default -> write(Admin.CREATE, Admin.UUID2);
    };
  }

  /** Describes masks, mdevs and drivers. */
  private static String state(ApHost host) {
    StringBuilder state = new StringBuilder(host.masks() + "\n" + host.mdevs() + "\n");
    host.visitDevices(
        new ApHost.DeviceVisitor() {
          @Override
          public void card(ApCard card, String driver) {
            state.append(card.name()).append(' ').append(driver).append('\n');
          }

          @Override
          public void queue(ApQueue queue, String driver) {
            state.append(queue.name()).append(' ').append(driver).append('\n');
          }
        });
    return state.toString();
  }

  private List<Ran> run(ApHost host, Random random) throws Exception {
    AtomicLong tick = new AtomicLong();
    StartingLine start = new StartingLine(THREADS);
    List<Future<List<Ran>>> futures = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      List<Step> steps = IntStream.range(0, STEPS).mapToObj(j -> random(random)).toList();
      futures.add(
          threads.submit(
              () -> {
                start.await();
                return steps.stream().map(step -> timed(step, host, tick)).toList();
              }));
    }
    List<Ran> history = new ArrayList<>();
    for (Future<List<Ran>> future : futures) {
      history.addAll(future.get(30, TimeUnit.SECONDS));
    }
    return history;
  }

  private static Ran timed(Step step, ApHost host, AtomicLong tick) {
    long begin = tick.incrementAndGet();
    String answer = step.on(host);
    return new Ran(step, begin, tick.incrementAndGet(), answer);
  }

  @ParameterizedTest
  @EnumSource
  void findsASerialOrderForEveryHistory(KernelProfile profile) throws Exception {
    for (int seed = 0; seed < HISTORIES; seed++) {
      ApHost host = boot(profile);
      List<Ran> history = run(host, new Random(seed));
      String end = state(host);

      assertThat(new SerialOrder(() -> boot(profile), SerialOrderTest::state, history, end).find())
          .as(
              "seed %d: no serial order of%n%s%nends with%n%s",
              seed, history.stream().map(Ran::toString).collect(Collectors.joining("\n")), end)
          .isPresent();
    }
  }

  @Test
  void findsNoOrderForAnImpossibleAnswer() {
    Step assign = write(Admin.MATRIX + Admin.UUID2 + "/assign_adapter", "6");
    Step read = read(Admin.MATRIX + Admin.UUID2 + "/matrix");
    ApHost host = boot(KernelProfile.LINUX_6_1);
    assign.on(host);
    List<Ran> impossible = List.of(new Ran(assign, 1, 2, "ok"), new Ran(read, 3, 4, ".0002\n"));
    List<Ran> overlapping = List.of(new Ran(assign, 1, 3, "ok"), new Ran(read, 2, 4, ".0002\n"));

    assertThat(order(impossible, state(host)).find()).isEmpty();
    assertThat(order(overlapping, state(host)).find()).isPresent();
  }

  private static SerialOrder order(List<Ran> history, String end) {
    return new SerialOrder(
        () -> boot(KernelProfile.LINUX_6_1), SerialOrderTest::state, history, end);
  }
}
