package org.vfioap.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The example in Python, where Python and pytest are installed. */
@Timeout(120)
final class PythonExampleIT {
  private static final Path CHECKOUT = Path.of("../..").toAbsolutePath().normalize();

  private static Process start(String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(CHECKOUT.resolve("docs/examples").toFile()).redirectErrorStream(true);
    builder.environment().put("VFIOAP", CHECKOUT.resolve("vfioap").toString());
    builder.environment().put("VFIOAP_BUILDING", "1");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    return builder.start();
  }

  private static boolean hasPytest() throws InterruptedException {
    try {
      Process process = start("python3", "-c", "import pytest");
      process.getInputStream().transferTo(OutputStream.nullOutputStream());
      return process.waitFor() == 0;
    } catch (IOException notInstalled) {
      return false;
    }
  }

  @Test
  void itsTestsPass() throws Exception {
    assumeTrue(hasPytest(), "python3 with pytest is not installed");
    Process process =
        start(
            "python3",
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "-p",
            "no:benchmark",
            "test_vfioap_serve.py");
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).contains("5 passed");
  }
}
