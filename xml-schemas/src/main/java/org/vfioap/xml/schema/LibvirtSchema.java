package org.vfioap.xml.schema;

import com.thaiopensource.util.PropertyMap;
import com.thaiopensource.util.PropertyMapBuilder;
import com.thaiopensource.validate.IncorrectSchemaException;
import com.thaiopensource.validate.Schema;
import com.thaiopensource.validate.ValidateProperty;
import com.thaiopensource.validate.Validator;
import com.thaiopensource.validate.rng.SAXSchemaReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vfioap.xml.document.XmlDocument;
import org.vfioap.xml.document.XmlEvents;
import org.vfioap.xml.verdict.Position;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * A RELAX NG schema that came with libvirt, so of its version.
 *
 * <p>It is stricter than libvirt, which ignores what it does not know: {@code virsh define
 * --validate} asks it, {@code virsh define} does not.
 */
public final class LibvirtSchema {
  /** Where packages put the schemas. */
  public static final Path INSTALLED = Path.of("/usr/share/libvirt/schemas");

  private static final String HOSTDEV =
      "<grammar xmlns='http://relaxng.org/ns/structure/1.0'><include href='domaincommon.rng'/>"
          + "<start><ref name='hostdev'/></start></grammar>";

  private final Schema schema;

  private LibvirtSchema(Schema schema) {
    this.schema = schema;
  }

  /**
   * Returns the schema for documents with this root: {@code domain}, {@code device}, {@code
   * hostdev}.
   *
   * @param directory where the schemas are, see {@link #INSTALLED}
   * @return empty if there is no such schema
   * @throws IllegalStateException if it is there and cannot be used
   */
  public static Optional<LibvirtSchema> find(Path directory, String root) {
    return switch (root) {
      case "domain" -> load(directory.resolve("domain.rng"), "");
      case "device" -> load(directory.resolve("nodedev.rng"), "");
      case "hostdev" -> load(directory.resolve("domaincommon.rng"), HOSTDEV);
      default -> Optional.empty();
    };
  }

  private static Optional<LibvirtSchema> load(Path file, String text) {
    if (!Files.isReadable(file)) {
      return Optional.empty();
    }
    InputSource source = new InputSource(file.toUri().toString());
    if (!text.isEmpty()) {
      source.setCharacterStream(new StringReader(text));
    }
    Collector problems = new Collector();
    try {
      PropertyMap settings = problems.settings();
      return Optional.of(
          new LibvirtSchema(SAXSchemaReader.getInstance().createSchema(source, settings)));
    } catch (IOException | SAXException | IncorrectSchemaException e) {
      throw new IllegalStateException(
          "cannot use the schema " + file + ": " + problems.found + " " + e.getMessage(), e);
    }
  }

  /** Returns what the schema does not allow in a document, in its order. */
  public List<SchemaProblem> validate(XmlDocument document) {
    Collector problems = new Collector();
    Validator validator = schema.createValidator(problems.settings());
    try {
      XmlEvents.send(document.root(), validator.getContentHandler());
    } catch (SAXException e) {
      throw new IllegalStateException("validation failed: " + e.getMessage(), e);
    }
    return List.copyOf(problems.found);
  }

  /** Keeps problems instead of printing them. */
  private static final class Collector implements ErrorHandler {
    private final List<SchemaProblem> found = new ArrayList<>();

    PropertyMap settings() {
      PropertyMapBuilder settings = new PropertyMapBuilder();
      settings.put(ValidateProperty.ERROR_HANDLER, this);
      return settings.toPropertyMap();
    }

    @Override
    public void warning(SAXParseException problem) {}

    @Override
    public void error(SAXParseException problem) {
      String file = Optional.ofNullable(problem.getSystemId()).orElse("");
      Position position = new Position(file, problem.getLineNumber(), problem.getColumnNumber());
      found.add(new SchemaProblem(position, String.valueOf(problem.getMessage())));
    }

    @Override
    public void fatalError(SAXParseException problem) {
      error(problem);
    }
  }
}
