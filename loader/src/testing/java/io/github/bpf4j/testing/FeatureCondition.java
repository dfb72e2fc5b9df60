package io.github.bpf4j.testing;

import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips tests of features that this kernel lacks. */
final class FeatureCondition implements ExecutionCondition {
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Requires required =
        context.getElement().map(element -> element.getAnnotation(Requires.class)).orElse(null);
    if (required == null) {
      return ConditionEvaluationResult.enabled("nothing is required");
    }
    for (KernelFeature feature : required.value()) {
      Optional<String> lack = feature.lack();
      if (lack.isPresent()) {
        return ConditionEvaluationResult.disabled(feature + ": " + lack.get());
      }
    }
    return ConditionEvaluationResult.enabled("the kernel has it");
  }
}
