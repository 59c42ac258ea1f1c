package org.vfioap.junit;

import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Where a machine is.
 *
 * @param place where
 * @param libvirtd whether a libvirtd runs in it
 * @param shared whether the tests of a class share it
 */
record Where(VfioAp.Place place, boolean libvirtd, boolean shared) {
  static final Where IN_PROCESS = new Where(VfioAp.Place.IN_PROCESS, false, false);

  boolean isRunning() {
    return place == VfioAp.Place.RUNNING;
  }

  /** The annotations of the method, or else of the nearest class around it. */
  static List<VfioAp> annotations(ExtensionContext context) {
    List<VfioAp> found = List.of();
    for (AnnotatedElement element : elements(context)) {
      found = on(element);
    }
    return found;
  }

  /** The elements around a test, the last of which has the machines. */
  private static List<AnnotatedElement> elements(ExtensionContext context) {
    List<AnnotatedElement> elements = new ArrayList<>();
    Optional<ExtensionContext> here = Optional.of(context);
    while (here.isPresent() && elements.stream().allMatch(each -> on(each).isEmpty())) {
      here.get().getElement().ifPresent(elements::add);
      here = here.get().getParent();
    }
    return elements;
  }

  private static List<VfioAp> on(AnnotatedElement element) {
    return AnnotationSupport.findRepeatableAnnotations(element, VfioAp.class);
  }

  /** A machine of a method has no libvirtd of its class. */
  static boolean hasLibvirtd(ExtensionContext context) {
    return elements(context).stream()
        .anyMatch(element -> AnnotationSupport.isAnnotated(element, Libvirtd.class));
  }

  static Stream<Where> all(ExtensionContext context) {
    boolean libvirtd = hasLibvirtd(context);
    return annotations(context).stream().map(each -> of(each, libvirtd));
  }

  static Where of(VfioAp annotation, boolean libvirtd) {
    return new Where(
        annotation.place(), libvirtd, annotation.lifecycle() == VfioAp.Lifecycle.PER_CLASS);
  }
}
