package org.vfioap.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A {@link java.nio.file.Path} that is the directory that stands for {@code /sys}, mounted for
 * other programs; needs org.vfioap:vfioap-sysfs-mount and FUSE. Without FUSE the test is skipped,
 * or fails if {@code -Dvfioap.require} has {@code mounted} or {@code all}.
 */
@Target({ElementType.PARAMETER, ElementType.FIELD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Mounted {}
