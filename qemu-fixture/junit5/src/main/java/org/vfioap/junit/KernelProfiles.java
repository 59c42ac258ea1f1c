package org.vfioap.junit;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;
import org.vfioap.kernel.KernelProfile;

/** Runs a test for each kernel of its {@link EveryKernel}. */
final class KernelProfiles implements TestTemplateInvocationContextProvider {
  private static final Pattern KERNEL = Pattern.compile("\\[([^\\[\\]]*)]$");

  /** Returns the kernel of a run: its display name is the only thing that tells runs apart. */
  static Optional<KernelProfile> of(ExtensionContext context) {
    if (annotation(context) == null) {
      return Optional.empty();
    }
    Matcher matcher = KERNEL.matcher(context.getDisplayName());
    return matcher.find() ? Optional.of(KernelProfile.parse(matcher.group(1))) : Optional.empty();
  }

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return annotation(context) != null;
  }

  private static @Nullable EveryKernel annotation(ExtensionContext context) {
    return AnnotationSupport.findAnnotation(context.getTestMethod(), EveryKernel.class)
        .orElse(null);
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    EveryKernel wanted = annotation(context);
    if (wanted == null) {
      return Stream.empty();
    }
    Set<KernelProfile> kernels = EnumSet.noneOf(KernelProfile.class);
    KernelProfile[] named = wanted.value().length == 0 ? KernelProfile.values() : wanted.value();
    kernels.addAll(List.of(named));
    kernels.removeAll(List.of(wanted.except()));
    if (kernels.isEmpty()) {
      throw new ExtensionConfigurationException("@EveryKernel leaves no kernel to run");
    }
    return kernels.stream().map(kernel -> new OneKernel(context.getDisplayName(), kernel));
  }

  /** One run. */
  private record OneKernel(String test, KernelProfile kernel)
      implements TestTemplateInvocationContext {
    @Override
    public String getDisplayName(int invocationIndex) {
      return test.replaceAll("\\(.*", "") + " [" + kernel + "]";
    }
  }
}
