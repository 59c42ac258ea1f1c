package org.vfioap.cli.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The tarball and the package, built from the jars of this build and the JDK of this test. */
class ReleaseIT {
  private static final Path DIST = Path.of("../dist").toAbsolutePath().normalize();
  private static final String JARS = Path.of("target").toAbsolutePath().toString();
  private static final String JDK = System.getProperty("java.home");
  private static final String TARBALL = "vfioap-1.2.3-linux-x86_64.tar.gz";
  private static final String PACKAGE = "vfioap_1.2.3_all.deb";

  @TempDir private static Path folder;

  /** From release 24 on a JDK may have no modules to link. */
  static boolean hasModules() {
    return Files.exists(Path.of(JDK, "jmods"));
  }

  @BeforeAll
  static void build() throws Exception {
    if (hasModules()) {
      tarball("first");
    }
  }

  private static void tarball(String output) throws Exception {
    run(
        "sh",
        DIST + "/tarball.sh",
        JARS,
        "1.2.3",
        "x86_64",
        JDK,
        folder.resolve(output).toString());
  }

  private static void debian(String output) throws Exception {
    run("sh", DIST + "/package.sh", JARS, "1.2.3", folder.resolve(output).toString());
  }

  /** Returns what it printed; it must succeed. */
  private static String run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(List.of(command)).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", JDK);
    builder.environment().put("SOURCE_DATE_EPOCH", "1767225600");
    builder.environment().remove("VFIOAP_BUILDING");
    Process process = builder.directory(folder.toFile()).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  @Test
  @EnabledIf("hasModules")
  void sameInputMakesTheSameTarball() throws Exception {
    tarball("second");

    assertThat(folder.resolve("first").resolve(TARBALL))
        .hasSameBinaryContentAs(folder.resolve("second").resolve(TARBALL));
  }

  @Test
  void sameInputMakesTheSamePackage() throws Exception {
    debian("first");
    debian("second");

    assertThat(folder.resolve("first").resolve(PACKAGE))
        .hasSameBinaryContentAs(folder.resolve("second").resolve(PACKAGE));
    assertThat(run("dpkg-deb", "--contents", folder.resolve("first").resolve(PACKAGE).toString()))
        .contains(
            " ./usr/bin/vfioap -> ",
            " ./usr/share/man/man1/vfioap-run.1.gz",
            " ./usr/share/bash-completion/completions/vfioap",
            " ./usr/share/zsh/vendor-completions/_vfioap");
  }

  @Test
  @EnabledIf("hasModules")
  void unpackedTarballRunsMachinesWithItsOwnJava() throws Exception {
    run("tar", "-xzf", folder.resolve("first").resolve(TARBALL).toString());
    String vfioap = folder.resolve("vfioap-1.2.3-linux-x86_64/bin/vfioap").toString();

    assertThat(run("env", "JAVA_HOME=/nonexistent", vfioap, "--version")).startsWith("vfioap ");
    assertThat(run("env", "JAVA_HOME=/nonexistent", vfioap, "doctor"))
        .contains(" in " + folder.toRealPath().resolve("vfioap-1.2.3-linux-x86_64/runtime"));
    assertThat(
            run(
                "env",
                "JAVA_HOME=/nonexistent",
                vfioap,
                "run",
                "z16",
                "--name",
                "released",
                "--",
                "cat",
                "/sys/bus/ap/bindings"))
        .endsWith("40/40 (complete)\n");
  }
}
