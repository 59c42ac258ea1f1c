package org.vfioap.lab;

import java.util.Arrays;
import org.vfioap.host.ApHost;
import org.vfioap.host.MdevState;
import org.vfioap.mdev.Guest;
import org.vfioap.mdev.OpenMdev;

/**
 * An mdev as an administrator handles it: through its files.
 *
 * @param host where it is
 * @param uuid its name
 */
public record Mdev(ApHost host, String uuid) {

  /** Returns the path of one of its files. */
  public String path(String file) {
    return Admin.MATRIX + uuid + "/" + file;
  }

  /** Writes the text and a newline to one of its files. */
  public Mdev echo(String text, String file) {
    host.sysfs().write(path(file), text + "\n");
    return this;
  }

  /** Reads one of its files. */
  public String cat(String file) {
    return host.sysfs().read(path(file));
  }

  private Mdev each(String file, int... numbers) {
    Arrays.stream(numbers).forEach(number -> echo(String.valueOf(number), file));
    return this;
  }

  /** Assigns adapters one by one. */
  public Mdev assignAdapters(int... adapters) {
    return each("assign_adapter", adapters);
  }

  /** Assigns usage domains one by one. */
  public Mdev assignDomains(int... domains) {
    return each("assign_domain", domains);
  }

  /** Assigns control domains one by one. */
  public Mdev assignControlDomains(int... domains) {
    return each("assign_control_domain", domains);
  }

  /** Unassigns adapters one by one. */
  public Mdev unassignAdapters(int... adapters) {
    return each("unassign_adapter", adapters);
  }

  /** Unassigns usage domains one by one. */
  public Mdev unassignDomains(int... domains) {
    return each("unassign_domain", domains);
  }

  /** Unassigns control domains one by one. */
  public Mdev unassignControlDomains(int... domains) {
    return each("unassign_control_domain", domains);
  }

  /** Removes it. */
  public void remove() {
    echo("1", "remove");
  }

  /** Opens it for a guest. */
  public OpenMdev open(Guest guest) {
    return host.open(uuid, guest);
  }

  /** Starts a guest with it. */
  public Guest start(String name) {
    Guest guest = host.guest(name);
    open(guest);
    return guest;
  }

  /** Returns what the host knows of it. */
  public MdevState state() {
    return host.mdevs().stream()
        .filter(state -> state.uuid().equals(uuid))
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no mdev " + uuid));
  }
}
