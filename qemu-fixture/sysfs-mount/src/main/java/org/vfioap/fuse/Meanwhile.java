package org.vfioap.fuse;

/** What happens on a mount while the answer to a program's write waits for other programs. */
public interface Meanwhile {
  /** Lets another thread answer everybody else; to be called before waiting. */
  void begin();

  /** Returns how many requests were answered so far. */
  long answered();
}
