package org.vfioap.junit;

import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Whether this computer has what the machines of a test need. */
final class Availability {
  private Availability() {}

  /** Tells it of a test; a class may have tests with other machines. */
  static ConditionEvaluationResult of(ExtensionContext context) {
    if (context.getTestMethod().isEmpty()) {
      return ConditionEvaluationResult.enabled("a class is looked at test by test");
    }
    List<Where> all = Where.all(context).toList();
    if (all.stream().anyMatch(Where::isRunning)) {
      boolean libvirtd = all.stream().anyMatch(Where::libvirtd);
      Surroundings here = Surroundings.of(context);
      Optional<String> lacking = here.lackingForMachines(libvirtd);
      Optional<String> files =
          elements(context).anyMatch(Availability::isPath)
              ? here.lackingForFilesFromOutside()
              : Optional.empty();
      if (lacking.isEmpty() && files.isPresent()) {
        return here.without("running", files.get());
      }
      if (lacking.isPresent()) {
        boolean required = here.isRequired("running");
        return here.without(libvirtd && !required ? "libvirtd" : "running", lacking.get());
      }
    } else if (mounts(all, context)) {
      Surroundings here = Surroundings.of(context);
      Optional<String> lacking = here.lackingForMounts();
      if (lacking.isPresent()) {
        return here.without("mounted", lacking.get());
      }
    }
    return ConditionEvaluationResult.enabled("its machines can be had here");
  }

  private static boolean mounts(List<Where> all, ExtensionContext context) {
    return all.stream().anyMatch(each -> each.place() == VfioAp.Place.MOUNTED)
        || elements(context).anyMatch(each -> AnnotationSupport.isAnnotated(each, Mounted.class));
  }

  private static boolean isPath(AnnotatedElement element) {
    return AnnotationSupport.isAnnotated(element, Mounted.class)
        || AnnotationSupport.isAnnotated(element, Sys.class);
  }

  private static Stream<AnnotatedElement> elements(ExtensionContext context) {
    return Stream.concat(
        Stream.of(context.getRequiredTestMethod().getParameters()),
        Injection.fields(context.getRequiredTestClass(), false).stream());
  }
}
