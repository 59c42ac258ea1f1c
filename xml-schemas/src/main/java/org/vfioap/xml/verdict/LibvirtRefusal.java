package org.vfioap.xml.verdict;

/**
 * libvirt would say no.
 *
 * <p>{@link #libvirtText} is what {@code virsh} prints after {@code error: }; the message adds
 * where it is in the file, in which element, and what is allowed there.
 */
public final class LibvirtRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final LibvirtError kind;
  private final String libvirtText;
  private final transient Position position;

  private LibvirtRefusal(LibvirtError kind, String detail, Position position, String where) {
    super(message(kind.text(detail), position, where));
    this.kind = kind;
    this.libvirtText = kind.text(detail);
    this.position = position;
  }

  private static String message(String text, Position position, String where) {
    return (position.equals(Position.NONE) ? "" : position + ": ") + where + text;
  }

  /** Returns a refusal that has no place in a file. */
  public static LibvirtRefusal of(LibvirtError kind, String detail) {
    return new LibvirtRefusal(kind, detail, Position.NONE, "");
  }

  /** Returns the refusal with this whole text, whose beginning tells the kind. */
  public static LibvirtRefusal ofText(String text) {
    LibvirtError kind = LibvirtError.of(text);
    return of(kind, text.substring(kind.text("").length()));
  }

  /** Returns a refusal of what stands at a position, inside no element. */
  public static LibvirtRefusal at(Position position, LibvirtError kind, String detail) {
    return new LibvirtRefusal(kind, detail, position, "");
  }

  /** Returns a refusal of what stands in an element. */
  public static LibvirtRefusal in(
      String element, Position position, LibvirtError kind, String detail) {
    return new LibvirtRefusal(kind, detail, position, "<" + element + ">: ");
  }

  /** Returns the same refusal, with what is allowed or what to do next added to its message. */
  public LibvirtRefusal withHint(String hint) {
    return new LibvirtRefusal(this, hint);
  }

  private LibvirtRefusal(LibvirtRefusal other, String hint) {
    super(other.getMessage() + " (" + hint + ")");
    this.kind = other.kind;
    this.libvirtText = other.libvirtText;
    this.position = other.position;
  }

  /** Returns the kind of error. */
  public LibvirtError kind() {
    return kind;
  }

  /** Returns libvirt's text, without {@code error: }. */
  public String libvirtText() {
    return libvirtText;
  }

  /** Returns where it is; {@link Position#NONE} if it is in no file. */
  public Position position() {
    return position;
  }
}
