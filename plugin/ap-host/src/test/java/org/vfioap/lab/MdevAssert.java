package org.vfioap.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.api.AbstractAssert;

/** What the files of an mdev show. */
public final class MdevAssert extends AbstractAssert<MdevAssert, Mdev> {
  MdevAssert(Mdev mdev) {
    super(mdev, MdevAssert.class);
  }

  private MdevAssert shows(String file, String... lines) {
    assertThat(actual.cat(file).lines()).as(file).containsExactly(lines);
    return this;
  }

  /** Checks what was assigned: {@code 05.0004}, or {@code 05.} or {@code .0004}. */
  public MdevAssert hasMatrix(String... lines) {
    return shows("matrix", lines);
  }

  /** Checks what a guest gets or would get. */
  public MdevAssert hasGuestMatrix(String... lines) {
    return shows("guest_matrix", lines);
  }

  /** Checks the control domains that were assigned. */
  public MdevAssert hasControlDomains(String... lines) {
    return shows("control_domains", lines);
  }

  /** Checks that it does not exist any more. */
  public MdevAssert isGone() {
    assertThat(actual.host().mdevs()).noneMatch(state -> state.uuid().equals(actual.uuid()));
    assertThat(actual.host().sysfs().exists(Admin.MATRIX + actual.uuid()))
        .as("directory of " + actual.uuid())
        .isFalse();
    return this;
  }
}
