package org.vfioap.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The tests of the fixture with the packaged jars: on the class path and on the module path, with
 * each JDK of this computer, and as an ordinary user.
 */
class StrangersIT {
  private static final Path JDKS = Path.of("/usr/lib/jvm");
  private static final String ORDINARY = "64123";

  @TempDir private static Path directory;
  private static List<Path> jars;
  private static Path tests;

  /** Root's repository of Maven is for root alone. */
  @BeforeAll
  static void copyWhatIsPackaged() throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path lib = Files.createDirectory(directory.resolve("lib"));
    jars = new ArrayList<>();
    tests = directory.resolve("tests");
    for (String each : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path path = Path.of(each);
      if (Files.isRegularFile(path)) {
        jars.add(Files.copy(path, lib.resolve(path.getFileName())));
      } else if (path.endsWith("test-classes")) {
        copyTree(path, tests);
      } else {
        throw new IOException(path + " is not packaged; run this by mvn verify");
      }
    }
  }

  private static void copyTree(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(folder).toString()));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(file, to.resolve(from.relativize(file).toString()));
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** This Java, and the newer ones beside it. */
  static List<Path> javas() throws IOException {
    List<Path> javas = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"))));
    if (Files.isDirectory(JDKS)) {
      try (Stream<Path> homes = Files.list(JDKS)) {
        homes
            .filter(home -> !Files.isSymbolicLink(home) && release(home) > release(javas.get(0)))
            .forEach(javas::add);
      }
    }
    return javas;
  }

  private static int release(Path home) {
    try {
      return Files.readAllLines(home.resolve("release")).stream()
          .filter(line -> line.startsWith("JAVA_VERSION="))
          .map(line -> line.replaceAll("[^0-9.]", "").replaceAll("[.].*", ""))
          .mapToInt(Integer::parseInt)
          .findFirst()
          .orElse(0);
    } catch (IOException noJdk) {
      return 0;
    }
  }

  private static String path(List<Path> all) {
    return all.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  private static List<String> onClassPath(Path home) {
    List<Path> all = new ArrayList<>(jars);
    all.add(tests);
    return List.of(home.resolve("bin/java").toString(), "-cp", path(all), Suites.class.getName());
  }

  private static void run(List<String> command, String expected) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .directory(Path.of("").toAbsolutePath().toFile())
            .redirectErrorStream(true)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    assertThat(printed).contains(expected);
  }

  @ParameterizedTest
  @MethodSource("javas")
  void onTheClassPath(Path home) throws Exception {
    run(onClassPath(home), " 0 tests failed");
  }

  @Test
  void withoutTheOptionalModules() throws Exception {
    List<Path> all =
        new ArrayList<>(jars.stream().filter(jar -> !isOptional(jar.getFileName())).toList());
    assertThat(all).hasSizeLessThan(jars.size());
    all.add(tests);
    String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
    run(
        List.of(java, "-cp", path(all), Suites.class.getName(), GuestsTest.class.getName()),
        " 0 tests failed");
  }

  private static boolean isOptional(Path jar) {
    return jar.toString().matches("vfioap-(sysfs-mount|translation|xml-schemas).*");
  }

  /** Root is one only where the tests run as root. */
  @Test
  void asAnOrdinaryUser() throws Exception {
    List<String> command = new ArrayList<>();
    if (Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))) {
      Path home = Files.createDirectory(directory.resolve("home"));
      Files.setAttribute(home, "unix:uid", Integer.valueOf(ORDINARY));
      command.addAll(List.of("setpriv", "--reuid", ORDINARY, "--regid", ORDINARY));
      command.addAll(List.of("--clear-groups", "env", "HOME=" + home));
    }
    command.addAll(onClassPath(Path.of(System.getProperty("java.home"))));
    run(command, " 0 tests failed");
  }

  private static final String MODULE =
      """
      open module stranger {
        requires org.vfioap.junit;
        requires org.vfioap.translation;
        requires org.vfioap.mount;
        requires org.assertj.core;
        requires org.junit.platform.launcher;
      }
      """;

  private static final String SUITE =
      """
      package stranger;

      import static org.vfioap.junit.assertions.VfioApAssertions.assertThat;
      import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

      import java.nio.file.Files;
      import java.nio.file.Path;
      import org.junit.jupiter.api.Test;
      import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
      import org.junit.platform.launcher.core.LauncherFactory;
      import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
      import org.vfioap.host.ApHost;
      import org.vfioap.junit.EveryKernel;
      import org.vfioap.junit.FixtureGuest;
      import org.vfioap.junit.Guest;
      import org.vfioap.junit.Mounted;
      import org.vfioap.junit.Sys;
      import org.vfioap.junit.VfioAp;
      import org.vfioap.kernel.KernelProfile;
      import org.vfioap.machine.Machine;
      import org.vfioap.place.RunningMachine;
      import org.vfioap.translation.libvirt.LibvirtHost;

      @VfioAp("document")
      class Suite {
        @Sys Path field;

        @Test
        void files(@Sys Path sys, ApHost host) throws Exception {
          Files.writeString(field.resolve("bus/ap/apmask"), "-5");
          assertThat(host).queue("05.0004").isBoundTo("vfio_ap");
        }

        @Test
        @VfioAp("lab.yaml")
        void resource(Machine machine, ApHost host) {
          assertThat(host).queue("0a.0001").isHostOwned();
        }

        @Test
        void guest(@Guest FixtureGuest guest, LibvirtHost libvirt) {
          assertThat(guest).hasNoQueues();
          if (!libvirt.nodeDevices("ap_matrix").equals(java.util.List.of("ap_matrix"))) {
            throw new AssertionError(libvirt.nodeDevices("ap_matrix"));
          }
        }

        @EveryKernel
        void kernels(KernelProfile kernel, ApHost host) {}

        @Test
        void mounted(@Mounted Path sys) throws Exception {
          Files.readString(sys.resolve("bus/ap/apmask"));
        }

        @Test
        @VfioAp(place = VfioAp.Place.RUNNING)
        void running(RunningMachine machine) throws Exception {
          if (!machine.exec("test", "-e", "/sys/bus/ap/apmask").succeeded()) {
            throw new AssertionError();
          }
        }

        public static void main(String[] arguments) {
          SummaryGeneratingListener listener = new SummaryGeneratingListener();
          LauncherFactory.create().execute(
              LauncherDiscoveryRequestBuilder.request().selectors(selectClass(Suite.class)).build(),
              listener);
          listener.getSummary().printFailuresTo(new java.io.PrintWriter(System.out, true));
          listener.getSummary().printTo(new java.io.PrintWriter(System.out, true));
          System.exit(listener.getSummary().getTotalFailureCount() == 0 ? 0 : 1);
        }
      }
      """;

  @ParameterizedTest
  @MethodSource("javas")
  void onTheModulePath(Path home) throws Exception {
    Path source =
        Files.createDirectories(directory.resolve("source" + release(home) + "/stranger"));
    Path module = directory.resolve("module" + release(home));
    Files.writeString(source.resolve("module-info.java"), MODULE);
    Files.writeString(source.resolve("Suite.java"), SUITE);
    Path resources = Files.createDirectories(module.resolve("stranger"));
    Files.writeString(
        resources.resolve("lab.yaml"), "adapters: {10: {type: CEX8}}\ndomains: [1]\n");

    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "--module-path",
                path(jars),
                "-d",
                module.toString(),
                source.resolve("module-info.java").toString(),
                source.resolve("Suite.java").toString());

    assertThat(compiled).isZero();
    List<Path> modules = new ArrayList<>(jars);
    modules.add(module);
    run(
        List.of(
            home.resolve("bin/java").toString(),
            "--module-path",
            path(modules),
            "--add-modules",
            "org.junit.jupiter.engine",
            "--module",
            "stranger/stranger.Suite"),
        " 0 tests failed");
  }
}
