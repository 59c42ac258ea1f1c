package org.vfioap.junit;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.util.Optional;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * What a parameter or field asks for.
 *
 * @param type its type
 * @param where its annotations
 * @param name how errors call it
 */
record Request(Class<?> type, AnnotatedElement where, String name) {
  static Request of(ParameterContext parameter) {
    return new Request(
        parameter.getParameter().getType(),
        parameter.getAnnotatedElement(),
        parameter.getParameter().toString());
  }

  static Request of(Field field) {
    return new Request(field.getType(), field, field.getName());
  }

  <A extends Annotation> Optional<A> annotation(Class<A> type) {
    return AnnotationSupport.findAnnotation(where, type);
  }

  boolean has(Class<? extends Annotation> type) {
    return annotation(type).isPresent();
  }

  /** Returns the name of the machine, empty for the only one. */
  String machine() {
    return annotation(On.class).map(On::value).orElse("");
  }
}
