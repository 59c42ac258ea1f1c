package org.vfioap.junit;

import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** Fields that ask for something: those with an annotation of this package, or of its types. */
final class Injection {
  private Injection() {}

  /** Returns the fields of a class and of those that it extends. */
  static List<Field> fields(Class<?> test, boolean ofTheClass) {
    return ReflectionSupport.findFields(
        test,
        field ->
            Modifier.isStatic(field.getModifiers()) == ofTheClass
                && !Modifier.isFinal(field.getModifiers())
                && Parameters.isField(Request.of(field)),
        HierarchyTraversalMode.TOP_DOWN);
  }

  static void set(Field field, @Nullable Object instance, Object value) {
    try {
      field.setAccessible(true);
      field.set(instance, value);
    } catch (IllegalAccessException | InaccessibleObjectException closed) {
      throw new ExtensionConfigurationException(
          "the field "
              + field
              + " cannot be set: "
              + closed.getMessage()
              + "; open its package to org.vfioap.junit, or use a parameter",
          closed);
    }
  }
}
