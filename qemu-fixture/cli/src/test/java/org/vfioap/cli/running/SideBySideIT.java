package org.vfioap.cli.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;

/** Four machines at once, of one user, started at the same time. */
final class SideBySideIT extends WithMachines {
  private static final int MACHINES = 4;

  private static List<String> atOnce(Function<Integer, String> work) {
    List<CompletableFuture<String>> all =
        IntStream.range(0, MACHINES)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> work.apply(i)))
            .toList();
    return all.stream().map(CompletableFuture::join).toList();
  }

  @RepeatedTest(2)
  void machinesKnowNothingOfEachOther() {
    Caller caller = ordinary();
    List<String> names = atOnce(i -> vfioap(caller, "run", "z16").out().strip());
    assertThat(names).containsExactlyInAnyOrder("z16", "z16-2", "z16-3", "z16-4");

    List<String> masks =
        atOnce(
            i ->
                bash(
                    caller,
                    names.get(i),
                    "echo -"
                        + i
                        + " > /sys/bus/ap/apmask; hostname; ls /sys/bus/ap/drivers/vfio_ap"
                        + " | grep -c "
                        + "^0"
                        + i
                        + "; head -c 3 /sys/bus/ap/apmask"));
    Stream<String> expected =
        IntStream.range(0, MACHINES).mapToObj(i -> names.get(i) + "\n8\n0x" + "7bde".charAt(i));
    assertThat(masks).containsExactlyElementsOf(expected.toList());

    assertThat(vfioap(caller, "stop", "--all").status()).isZero();
    assertThat(vfioap(caller, "list").out()).isEmpty();
  }
}
