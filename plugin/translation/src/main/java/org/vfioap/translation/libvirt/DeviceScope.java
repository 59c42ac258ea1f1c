package org.vfioap.translation.libvirt;

import java.util.Set;

/** What a change of a domain's devices applies to. */
public enum DeviceScope {
  /** The running domain: {@code --live}. */
  LIVE(1),
  /** The domain from its next start on: {@code --config}. */
  CONFIG(2);

  private final int flag;

  DeviceScope(int flag) {
    this.flag = flag;
  }

  /** Returns the flags of libvirt's API; none for the current state. */
  static int flags(Set<DeviceScope> scopes) {
    return scopes.stream().mapToInt(scope -> scope.flag).sum();
  }
}
