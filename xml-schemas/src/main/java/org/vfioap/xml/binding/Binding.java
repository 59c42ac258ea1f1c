package org.vfioap.xml.binding;

import jakarta.xml.bind.JAXBContext;
import jakarta.xml.bind.JAXBException;
import jakarta.xml.bind.Marshaller;
import jakarta.xml.bind.UnmarshallerHandler;
import org.vfioap.xml.document.XmlElement;
import org.vfioap.xml.document.XmlEvents;
import org.xml.sax.SAXException;

/**
 * Reads and writes the elements of one JAXB class.
 *
 * <p>What the class does not know is left out, so check an element before it is read, and merge
 * what was written into the document that it came from. Safe for use by several threads.
 *
 * @param <T> the class
 */
public final class Binding<T> {
  private final Class<T> type;
  private final JAXBContext context;

  private Binding(Class<T> type, JAXBContext context) {
    this.type = type;
    this.context = context;
  }

  /** Returns the binding of a class with {@code @XmlRootElement}. */
  public static <T> Binding<T> of(Class<T> type) {
    try {
      return new Binding<>(type, JAXBContext.newInstance(type));
    } catch (JAXBException e) {
      throw new IllegalArgumentException(type + " is no JAXB class: " + e.getMessage(), e);
    }
  }

  /** Reads an element. */
  public T read(XmlElement element) {
    try {
      UnmarshallerHandler handler = context.createUnmarshaller().getUnmarshallerHandler();
      XmlEvents.send(element, handler);
      return type.cast(handler.getResult());
    } catch (JAXBException | SAXException e) {
      throw new IllegalStateException("<" + element.name() + "> was not checked: " + e, e);
    }
  }

  /** Writes an object as an element without white space. */
  public XmlElement write(T object) {
    try {
      Marshaller marshaller = context.createMarshaller();
      marshaller.setProperty(Marshaller.JAXB_FRAGMENT, true);
      return XmlEvents.receive(handler -> marshaller.marshal(object, handler));
    } catch (JAXBException e) {
      throw new IllegalStateException("cannot write " + object.getClass() + ": " + e, e);
    }
  }
}
