package org.vfioap.xml.verdict;

import java.util.Arrays;

/** The kinds of libvirt's errors that this program gives, with the words each begins with. */
public enum LibvirtError {
  /** The document breaks a rule of libvirt's XML. */
  XML_ERROR("XML error: "),
  /** The document is no XML; libvirt passes on what its parser says. */
  XML_DETAIL(""),
  /** libvirt or the hypervisor does not know how to do it. */
  CONFIG_UNSUPPORTED("unsupported configuration: "),
  /** A failed step that is not the user's. */
  INTERNAL_ERROR("internal error: "),
  /** A value cannot be used. */
  INVALID_ARG("invalid argument: "),
  /** A number is too large. */
  OVERFLOW("numerical overflow: "),
  /** It cannot be done in this state. */
  OPERATION_INVALID("Requested operation is not valid: "),
  /** It was tried and failed. */
  OPERATION_FAILED("operation failed: "),
  /** There is no such device. */
  DEVICE_MISSING("device not found: "),
  /** There is no such node device. */
  NO_NODE_DEVICE("Node device not found: "),
  /** There is no such domain. */
  NO_DOMAIN("Domain not found: "),
  /** The document has no name. */
  NO_NAME("missing name information"),
  /** The driver cannot do it. */
  NO_SUPPORT("this function is not supported by the connection driver: "),
  /** A system call failed; the text names it and its reason. */
  SYSTEM_ERROR("");

  private final String prefix;

  LibvirtError(String prefix) {
    this.prefix = prefix;
  }

  /** Returns the kind that a text of libvirt belongs to; {@link #SYSTEM_ERROR} if no other does. */
  static LibvirtError of(String text) {
    return Arrays.stream(values())
        .filter(each -> !each.prefix.isEmpty() && text.startsWith(each.prefix))
        .findFirst()
        .orElse(SYSTEM_ERROR);
  }

  /** Returns the whole text as {@code virsh} prints it after {@code error: }. */
  public String text(String detail) {
    return prefix + detail;
  }
}
