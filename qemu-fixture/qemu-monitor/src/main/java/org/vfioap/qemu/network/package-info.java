/**
 * Networks behind devices: what the options of their back ends must be and how they are shown.
 * Nothing is sent.
 *
 * <p>Start with {@link org.vfioap.qemu.network.Networks} (those of a guest) and {@link
 * org.vfioap.qemu.network.BackendRules} (what each kind refuses).
 */
@NullMarked
package org.vfioap.qemu.network;

import org.jspecify.annotations.NullMarked;
