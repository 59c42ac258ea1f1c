package org.vfioap.qemu.hmp;

/** A line that cannot be parsed; the text is printed as it is. */
final class HumanRefusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final String text;

  HumanRefusal(String text) {
    super(text, null, false, false);
    this.text = text;
  }

  String text() {
    return text;
  }
}
