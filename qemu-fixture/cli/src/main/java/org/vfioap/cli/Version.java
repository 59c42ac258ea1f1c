package org.vfioap.cli;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.qemu.persona.QemuVersion;
import picocli.CommandLine.IVersionProvider;

/** What the build wrote into the jar, and what it emulates. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Main.class.getPackage().getImplementationVersion();
    String kernels =
        Arrays.stream(KernelProfile.values())
            .map(KernelProfile::toString)
            .collect(Collectors.joining(", "));
    String qemus =
        Arrays.stream(QemuVersion.values())
            .map(QemuVersion::number)
            .collect(Collectors.joining(", "));
    return new String[] {
      "vfioap " + Objects.requireNonNullElse(version, "(not packaged)"),
      "commit   " + Objects.requireNonNullElse(commit(), "unknown"),
      "kernels  " + kernels,
      "QEMU     " + qemus
    };
  }

  private static @Nullable String commit() {
    try (JarFile jar =
        new JarFile(
            Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toFile())) {
      return jar.getManifest().getMainAttributes().getValue("Vfioap-Commit");
    } catch (IOException | URISyntaxException notPackaged) {
      return null;
    }
  }
}
