/**
 * The fixture for JUnit: one annotation, and the code under test meets a Z host with crypto
 * adapters.
 *
 * <p>Start with {@link org.vfioap.junit.VfioAp}, the annotation, and {@link
 * org.vfioap.junit.Fixture}, all that a test can have.
 */
@NullMarked
package org.vfioap.junit;

import org.jspecify.annotations.NullMarked;
