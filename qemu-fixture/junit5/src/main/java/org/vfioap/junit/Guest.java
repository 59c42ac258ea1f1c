package org.vfioap.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A {@link FixtureGuest} that runs: an emulated QEMU in this process, started with {@code -accel
 * kvm -cpu CPU}. Arguments that QEMU refuses end the test with QEMU's own text.
 */
@Target({ElementType.PARAMETER, ElementType.FIELD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Guest {
  /** Returns the guest's name; the same name is the same guest. */
  String value() default "guest1";

  /** Returns what stands after {@code -cpu}. */
  String cpu() default "host";

  /** Returns the UUIDs of mdevs that it has from its start. */
  String[] mdev() default {};

  /** Returns more of QEMU's command line. */
  String[] arguments() default {};
}
