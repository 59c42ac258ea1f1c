package org.vfioap.junit;

import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Disables what needs a program that is not installed. */
final class ToolCondition implements ExecutionCondition {
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Surroundings here = Surroundings.of(context);
    Optional<RequiresTool> wanted =
        AnnotationSupport.findAnnotation(context.getElement(), RequiresTool.class);
    for (Tool tool : wanted.map(RequiresTool::value).orElse(new Tool[0])) {
      Optional<String> lacking = here.lacking(tool);
      if (lacking.isPresent()) {
        return here.without(tool.program(), lacking.get());
      }
    }
    return ConditionEvaluationResult.enabled("all programs are here");
  }
}
