package org.vfioap.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Runs a libvirtd in the machines of a test with {@code @VfioAp(place = RUNNING)}; {@link
 * ConnectUri} is how clients reach it, and a parameter {@code LibvirtHost} is connected to it. Its
 * QEMU is the emulated one. Where libvirtd or virsh is not installed the test is disabled, or fails
 * with {@code -Dvfioap.require=libvirtd}.
 */
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
public @interface Libvirtd {}
