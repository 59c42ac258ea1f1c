package org.vfioap.qemu.guest;

/**
 * The {@code -smp} option.
 *
 * @param present CPUs at start
 * @param maximum CPUs that may be plugged in all
 * @param sockets sockets of the topology
 * @param cores cores of a socket
 * @param threads threads of a core
 * @param books books of a drawer
 * @param drawers drawers
 */
public record CpuCount(
    int present, int maximum, int sockets, int cores, int threads, int books, int drawers) {
  /** One CPU, as without the option. */
  public static final CpuCount ONE = new CpuCount(1, 1, 1, 1, 1, 1, 1);

  /** No CPU, as without a machine. */
  public static final CpuCount NONE = new CpuCount(0, 0, 0, 0, 0, 0, 0);
}
