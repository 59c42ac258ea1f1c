package org.vfioap.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;

/**
 * Holds the directions of imports. The command line sees every module, so the test stands here.
 *
 * <pre>
 * modules                              packages of ap-host
 *
 *                 cli                      host
 *     ┌───────┬────┴──┬─────────┐         ┌─┴──┐
 *  machine scenario  qemu  translation   mdev zcrypt
 *     └───────┴────┬──┴──┬──────┘         └─┬──┘
 *               ap-host xml                bus
 *                  │                      ┌─┴─┐
 *                 JDK                    ap  sysfs
 *                                         └─┬─┘
 *                                         kernel
 * </pre>
 */
@AnalyzeClasses(packages = "org.vfioap", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String[] JDK = {"java..", "org.jspecify.annotations.."};
  private static final String[] AP_HOST =
      packages("kernel", "ap", "card", "processor", "bus", "mdev", "zcrypt", "sysfs", "host");

  @ArchTest static final ArchRule kernelStandsAlone = importsOnly("kernel");
  @ArchTest static final ArchRule apKnowsTheKernel = importsOnly("ap", "kernel");
  @ArchTest static final ArchRule cardsKnowAp = importsOnly("card", "ap");
  @ArchTest static final ArchRule processorsKnowCards = importsOnly("processor", "card", "ap");
  @ArchTest static final ArchRule sysfsKnowsTheKernel = importsOnly("sysfs", "kernel");
  @ArchTest static final ArchRule busKnowsApAndSysfs = importsOnly("bus", "ap", "sysfs", "kernel");

  @ArchTest
  static final ArchRule mdevKnowsTheBus = importsOnly("mdev", "bus", "ap", "sysfs", "kernel");

  @ArchTest
  static final ArchRule zcryptKnowsTheBus = importsOnly("zcrypt", "bus", "ap", "sysfs", "kernel");

  @ArchTest
  static final ArchRule hostKnowsItsOwnModule =
      importsOnly("host", "mdev", "zcrypt", "bus", "processor", "ap", "sysfs", "kernel");

  @ArchTest
  static final ArchRule filesKnowTheHost = importsOnly("files", AP_HOST, packages("files"));

  @ArchTest
  static final ArchRule machineFilesReadYamlForTheHost =
      importsOnly("machine", AP_HOST, packages("machine"), "org.snakeyaml.engine..");

  @ArchTest
  static final ArchRule recordingsReadFilesOfHosts =
      importsOnly(
          "recording",
          AP_HOST,
          packages("recording", "machine"),
          "org.apache.commons.compress..",
          "org.tukaani.xz..",
          "javax.xml.parsers..",
          "org.w3c.dom..",
          "org.xml.sax..");

  @ArchTest
  static final ArchRule scenariosReadJsonForTheHost =
      importsOnly("scenario", AP_HOST, packages("scenario"), "com.fasterxml.jackson..");

  @ArchTest
  static final ArchRule qemuMonitorKnowsTheHost =
      importsOnly("qemu", AP_HOST, packages("qemu"), "com.sun.jna..");

  @ArchTest
  static final ArchRule launchersJoinQemuAndLibvirt =
      importsOnly("launcher", AP_HOST, packages("launcher", "qemu", "translation"));

  @ArchTest
  static final ArchRule theFixtureKnowsWhatATestMayNeed =
      importsOnly(
          "junit",
          AP_HOST,
          packages(
              "junit",
              "files",
              "machine",
              "qemu",
              "launcher",
              "translation",
              "mount",
              "fuse",
              "place",
              "doctor"),
          "org.junit..",
          "org.opentest4j..",
          "org.assertj.core..");

  @ArchTest
  static final ArchRule xmlStandsAlone =
      importsOnly(
          "xml",
          new String[0],
          packages("xml"),
          "jakarta.xml.bind..",
          "com.thaiopensource..",
          "javax.xml..",
          "org.xml.sax..");

  @ArchTest
  static final ArchRule placesKnowMachinesAndTheirFiles =
      importsOnly(
          "place",
          AP_HOST,
          packages("place", "machine", "mount", "vm", "uevent", "fuse"),
          "com.sun.jna..",
          "com.fasterxml.jackson.core..");

  @ArchTest static final ArchRule theDoctorLooksAtThisComputerOnly = importsOnly("doctor");

  @ArchTest static final ArchRule pluginsKnowProcessors = importsOnly("plugin", "processor", "ap");

  @ArchTest
  static final ArchRule fileSystemsKnowAttributesOnly =
      importsOnly("fuse", packages("kernel", "sysfs"), packages("fuse"), "com.sun.jna..");

  @ArchTest
  static final ArchRule virtualMachinesAreFilesOfAHost =
      importsOnly("vm", AP_HOST, packages("vm", "fuse"), "com.fasterxml.jackson.core..");

  @ArchTest
  static final ArchRule mountsKnowTheHost =
      importsOnly("mount", AP_HOST, packages("mount", "vm", "fuse"));

  @ArchTest
  static final ArchRule exportsKnowTheTree =
      importsOnly("export", packages("kernel", "sysfs"), packages("export"));

  @ArchTest
  static final ArchRule ueventsKnowTheHost =
      importsOnly("uevent", packages("kernel", "host"), packages("uevent"), "com.sun.jna..");

  @ArchTest
  static final ArchRule translationReadsXmlForTheHost =
      importsOnly(
          "translation",
          AP_HOST,
          packages("translation", "xml"),
          "com.fasterxml.jackson..",
          "com.sun.jna..",
          "org.libvirt..");

  @ArchTest
  static final ArchRule packagesAreFreeOfCycles =
      slices().matching("org.vfioap.(**)").should().beFreeOfCycles();

  private static ArchRule importsOnly(String importer, String... siblings) {
    return importsOnly(importer, packages(importer), packages(siblings));
  }

  private static ArchRule importsOnly(
      String importer, String[] some, String[] others, String... libraries) {
    String[] allowed =
        Stream.of(JDK, some, others, libraries).flatMap(Stream::of).toArray(String[]::new);
    return classes()
        .that()
        .resideInAPackage("org.vfioap." + importer + "..")
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(allowed));
  }

  private static String[] packages(String... names) {
    return Stream.of(names).map(name -> "org.vfioap." + name + "..").toArray(String[]::new);
  }
}
