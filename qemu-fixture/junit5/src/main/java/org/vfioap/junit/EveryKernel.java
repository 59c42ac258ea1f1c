package org.vfioap.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;
import org.vfioap.kernel.KernelProfile;

/**
 * A test that runs once for each kernel, instead of {@link org.junit.jupiter.api.Test}; a parameter
 * {@link KernelProfile} is the kernel.
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@TestTemplate
@ExtendWith(KernelProfiles.class)
public @interface EveryKernel {
  /** Returns the kernels; all if empty. */
  KernelProfile[] value() default {};

  /** Returns the kernels to leave out. */
  KernelProfile[] except() default {};
}
