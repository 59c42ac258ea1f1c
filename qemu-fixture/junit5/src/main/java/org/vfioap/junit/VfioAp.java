package org.vfioap.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.vfioap.host.ScanPolicy;
import org.vfioap.kernel.KernelProfile;

/**
 * Boots a machine for each test.
 *
 * <pre>{@code
 * @VfioAp("document")
 * class ReserveTest {
 *   @Test
 *   void reservesTheCard(@Sys Path sys, ApHost host) throws Exception {
 *     Files.writeString(sys.resolve("bus/ap/apmask"), "-5\n");
 *     assertThat(host).queue("05.0004").isBoundTo("vfio_ap");
 *   }
 * }
 * }</pre>
 *
 * <p>On a method it replaces those of the class; nested classes have those of the class around
 * them; it may stand on an annotation of one's own. A machine boots when the first parameter or
 * field asks for something of it. Several machines have names, and {@link On} chooses. A wrong
 * machine is told before the test runs.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@Repeatable(VfioAp.Several.class)
@ExtendWith(VfioApExtension.class)
public @interface VfioAp {
  /**
   * A preset, or a machine file: a resource beside the test class, or a path from the project. It
   * is {@code document} if {@link #yaml} is not set either.
   */
  String value() default "";

  /** The machine as YAML text, instead of a preset or file. */
  String yaml() default "";

  /** What to call it when a test has several; the only machine needs no name. */
  String name() default "";

  /** The kernel, instead of what the machine file says: at most one. */
  KernelProfile[] profile() default {};

  /** When the bus is scanned, instead of what the machine file says: at most one. */
  ScanPolicy[] scan() default {};

  /** Where the machine is. */
  Place place() default Place.IN_PROCESS;

  /** How long the machine lives. */
  Lifecycle lifecycle() default Lifecycle.PER_METHOD;

  /** What becomes of what a test leaves behind. */
  Leaks leaks() default Leaks.AUTO;

  /** Whether a fault that was ordered and did not happen fails the test. */
  boolean strictFaults() default true;

  /**
   * Where a machine is. Where the computer lacks what it needs, a test is disabled and says what
   * mends that; with {@code -Dvfioap.require=mounted}, {@code running} or {@code all} it fails.
   */
  enum Place {
    /** In the process of the test. */
    IN_PROCESS,
    /** In the process, and its /sys is mounted, for files of java.io and other programs. */
    MOUNTED,
    /**
     * In processes of its own, with a /sys for real programs, as {@code vfioap run} has them. A
     * test can ask for a RunningMachine, its description, a Path with {@link Sys}, and with {@link
     * Libvirtd} for a {@link ConnectUri} and LibvirtHost.
     */
    RUNNING
  }

  /** How long a machine lives. */
  enum Lifecycle {
    /** A machine for each test. */
    PER_METHOD,
    /**
     * The tests of the class run one after another, also where tests run concurrently, as those of
     * something that is shared. Each still finds the machine as it boots, and must leave it so. One
     * that is {@link Place#RUNNING} is started once and booted anew for each test.
     */
    PER_CLASS
  }

  /** What becomes of mdevs, masks and guests that were not there at the test's beginning. */
  enum Leaks {
    /** The test fails in {@link Lifecycle#PER_CLASS}, and nothing happens otherwise. */
    AUTO,
    /** The test fails. */
    FAIL,
    /** They are published as a report entry. */
    REPORT,
    /** Nothing happens. */
    IGNORE
  }

  /** Several machines. */
  @Target({ElementType.TYPE, ElementType.METHOD})
  @Retention(RetentionPolicy.RUNTIME)
  @Inherited
  @Documented
  @ExtendWith(VfioApExtension.class)
  @interface Several {
    /** Returns the machines. */
    VfioAp[] value();
  }
}
