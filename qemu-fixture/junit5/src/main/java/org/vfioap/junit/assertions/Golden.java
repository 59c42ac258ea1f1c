package org.vfioap.junit.assertions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;

/** A file with the state that is expected. */
record Golden(Path file) {
  private static final String SWITCH = "-Dvfioap.golden=update";

  static Golden of(String name) {
    Class<?> caller =
        StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
            .walk(
                frames ->
                    frames
                        .map(StackWalker.StackFrame::getDeclaringClass)
                        .filter(each -> each.getPackage() != Golden.class.getPackage())
                        .findFirst()
                        .orElseThrow());
    String folder = caller.getPackageName().replace('.', '/');
    return new Golden(Path.of("src/test/resources", folder, name + ".golden"));
  }

  void check(String state) {
    try {
      if (System.getProperty("vfioap.golden", "").equals("update")) {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, state);
      } else if (!Files.exists(file)) {
        throw new AssertionError("there is no " + file + "; write it with " + SWITCH);
      }
      String wanted = Files.readString(file);
      Assertions.assertThat(state).as("%s (write it anew with %s)", file, SWITCH).isEqualTo(wanted);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
