package org.vfioap.ap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sets of queues, against a {@link HashSet} as a model.
 *
 * <pre>
 *              domain 0 ... 63 | 64 ... 127 | 128 ... 191 | 192 ... 255
 *   adapter 0        one row of four words an adapter
 *   ...
 *   adapter 255
 * </pre>
 */
class ApqnSetTest {
  private final ApqnSet set = ApqnSet.create();
  private final Set<Apqn> model = new HashSet<>();

  private static final int[] EDGES = {0, 1, 63, 64, 128, 255};

  private static ApMask some(Random random) {
    return ApMask.of(
        random.ints(1 + random.nextInt(4), 0, EDGES.length).map(i -> EDGES[i]).toArray());
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void behavesAsASetOfQueues(int seed) {
    Random random = new Random(seed);
    for (int step = 0; step < 300; step++) {
      int adapter = EDGES[random.nextInt(EDGES.length)];
      change(random.nextInt(4), adapter, some(random));
      ApMask adapters = some(random);
      ApMask domains = some(random);

      assertThat(set.hasAny(adapter, domains)).isEqualTo(count(ApMask.of(adapter), domains) > 0);
      assertThat(set.hasAll(adapter, domains))
          .isEqualTo(count(ApMask.of(adapter), domains) == domains.size());
      assertThat(set.hasAny(adapters, domains)).isEqualTo(count(adapters, domains) > 0);
      assertThat(set.row(adapter).size()).isEqualTo(count(ApMask.of(adapter), ApMask.ALL));
    }
  }

  private void change(int kind, int adapter, ApMask domains) {
    int first = domains.next(0);
    switch (kind) {
      case 0 -> {
        set.add(adapter, first);
        model.add(Apqn.of(adapter, first));
      }
      case 1 -> {
        set.remove(adapter, first);
        model.remove(Apqn.of(adapter, first));
      }
      case 2 -> {
        set.addAll(adapter, domains);
        domains.stream().forEach(domain -> model.add(Apqn.of(adapter, domain)));
      }
      default -> {
        set.removeAll(adapter, domains);
        domains.stream().forEach(domain -> model.remove(Apqn.of(adapter, domain)));
      }
    }
  }

  private long count(ApMask adapters, ApMask domains) {
    return model.stream()
        .filter(q -> adapters.has(q.adapter().number()) && domains.has(q.domain().number()))
        .count();
  }

  @Test
  void findsNothingInAnEmptyProduct() {
    set.add(0, 0);

    assertThat(set.hasAny(ApMask.NONE, ApMask.ALL)).isFalse();
    assertThat(set.hasAny(0, ApMask.NONE)).isFalse();
    assertThat(set.hasAll(0, ApMask.NONE)).isTrue();
  }
}
