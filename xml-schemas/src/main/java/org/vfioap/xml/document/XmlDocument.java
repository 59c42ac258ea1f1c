package org.vfioap.xml.document;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.vfioap.xml.verdict.LibvirtError;
import org.vfioap.xml.verdict.LibvirtRefusal;
import org.vfioap.xml.verdict.Position;

/**
 * A document: its root and what stands before and after it. Immutable.
 *
 * <p>{@link #parse} of {@link #print} gives an equal document: elements, attributes and their
 * order, text, comments, instructions and namespaces are kept. Not kept are the XML declaration,
 * the kind of quotes, white space inside tags, and how a character was written (as a reference or
 * in CDATA).
 *
 * <p>A document is refused if it has a document type (and so entities), is larger than 4 MiB (the
 * longest string of libvirt's remote protocol), nests deeper than 256 (libxml2's limit), has more
 * than 100,000 elements, or is not UTF-8. Nothing outside the document is ever read.
 *
 * @param before comments and instructions before the root
 * @param root the root
 * @param after comments and instructions after the root
 */
public record XmlDocument(List<XmlNode> before, XmlElement root, List<XmlNode> after) {
  /** The largest document in bytes. */
  public static final int MAXIMUM_SIZE = 4 << 20;

  /** Copies the lists. */
  public XmlDocument {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  /** Returns a document that has nothing but a root. */
  public static XmlDocument of(XmlElement root) {
    return new XmlDocument(List.of(), root, List.of());
  }

  /**
   * Reads a document.
   *
   * @param file what errors call it
   * @throws LibvirtRefusal if it is no XML or beyond the limits
   */
  public static XmlDocument parse(byte[] bytes, String file) {
    return XmlReader.read(XmlEncoding.decode(bytes, file), file);
  }

  /** Reads a document as {@link #parse(byte[], String)}. */
  public static XmlDocument parse(String text, String file) {
    return XmlReader.read(XmlEncoding.check(text, file), file);
  }

  /**
   * Reads a file.
   *
   * @throws LibvirtRefusal if it cannot be read, is no XML or beyond the limits
   */
  public static XmlDocument load(Path file) {
    return parse(loadText(file), file.toString());
  }

  /**
   * Reads a file as {@link #load} does, without parsing it.
   *
   * @throws LibvirtRefusal if it cannot be read, is not UTF-8 or too large
   */
  public static String loadText(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      // Not readNBytes(int): since Java 21 it asks a file for its position, which a pipe has not.
      byte[] buffer = new byte[MAXIMUM_SIZE + 1];
      int size = in.readNBytes(buffer, 0, buffer.length);
      return XmlEncoding.decode(Arrays.copyOf(buffer, size), file.toString());
    } catch (IOException e) {
      String reason =
          e instanceof NoSuchFileException
              ? "No such file or directory"
              : String.valueOf(reason(e));
      throw LibvirtRefusal.at(
          Position.NONE,
          LibvirtError.SYSTEM_ERROR,
          "Failed to open file '" + file + "': " + reason);
    }
  }

  private static String reason(IOException e) {
    String text = String.valueOf(e.getMessage());
    return text.substring(text.lastIndexOf(": ") + 1).strip();
  }

  /** Returns the document with another root. */
  public XmlDocument withRoot(XmlElement changed) {
    return new XmlDocument(before, changed, after);
  }

  /** Returns the document as XML in libvirt's style, with a newline at the end. */
  public String print() {
    return new XmlPrinter().print(this);
  }

  @Override
  public String toString() {
    return print();
  }
}
