package org.vfioap.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Disables a test where a program is not installed, with the command that installs it; with {@code
 * -Dvfioap.require=virsh}, or {@code all}, the test fails instead. Needs
 * org.vfioap:vfioap-sysfs-mount.
 */
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@ExtendWith(ToolCondition.class)
public @interface RequiresTool {
  /** The programs; all of them are needed. */
  Tool[] value();
}
