/**
 * A real QEMU with the adapters of a machine: the plugin, the socket that it asks, and the QEMU
 * that can load it.
 *
 * <p>Start with {@link org.vfioap.plugin.PluginSocket}, which answers plugins, and {@link
 * org.vfioap.plugin.RealQemu}, the program that loads them.
 */
@NullMarked
package org.vfioap.plugin;

import org.jspecify.annotations.NullMarked;
