/**
 * Domains: what libvirt calls a guest.
 *
 * <p>Start with {@link org.vfioap.xml.domain.Domain}, a document with typed parts, and {@link
 * org.vfioap.xml.domain.Amount}, a number with its unit.
 */
@NullMarked
package org.vfioap.xml.domain;

import org.jspecify.annotations.NullMarked;
