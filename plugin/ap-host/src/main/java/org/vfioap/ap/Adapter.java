package org.vfioap.ap;

/**
 * An adapter as TAPQ describes it.
 *
 * @param type the hardware type
 * @param functions the function bits, bit 0 leftmost
 * @param configured false if the support element or the host took it offline
 * @param checkstopped true after a fatal hardware error
 */
public record Adapter(AdapterType type, int functions, boolean configured, boolean checkstopped) {

  /** Returns a healthy adapter with the functions that its mode implies. */
  public static Adapter of(AdapterType type, AdapterMode mode) {
    return new Adapter(type, type.hasModes() ? mode.functions() : 0, true, false);
  }

  /** Returns a healthy adapter with these function bits. */
  public static Adapter of(AdapterType type, int functions) {
    return new Adapter(type, functions, true, false);
  }

  /** Returns the mode: fixed by the type before CEX4, else by the function bits. */
  public AdapterMode mode() {
    if (!type.hasModes()) {
      return type.fixedMode();
    }
    for (AdapterMode mode : AdapterMode.values()) {
      if ((functions & mode.bit()) != 0) {
        return mode;
      }
    }
    return AdapterMode.CCA;
  }

  /** Returns the same adapter with other function bits. */
  public Adapter withFunctions(int other) {
    return new Adapter(type, other, configured, checkstopped);
  }

  /** Returns the same adapter, configured or not. */
  public Adapter withConfigured(boolean on) {
    return new Adapter(type, functions, on, checkstopped);
  }

  /** Returns the same adapter, checkstopped or not. */
  public Adapter withCheckstopped(boolean on) {
    return new Adapter(type, functions, configured, on);
  }
}
