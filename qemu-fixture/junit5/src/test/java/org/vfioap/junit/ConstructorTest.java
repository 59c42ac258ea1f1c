package org.vfioap.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.vfioap.host.ApHost;

/** Each test has a machine of its own also where the constructor asks; from JUnit 5.12 on. */
@VfioAp
class ConstructorTest {
  private static final Set<ApHost> HOSTS = new HashSet<>();

  private final ApHost host;

  ConstructorTest(ApHost host) {
    this.host = host;
  }

  @RepeatedTest(3)
  void hasAMachineOfItsOwn(ApHost same) {
    assertThat(same).isSameAs(host);
    assertThat(HOSTS.add(host)).isTrue();
  }
}
