package org.vfioap.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.vfioap.junit.VfioAp.Lifecycle.PER_CLASS;
import static org.vfioap.junit.VfioAp.Place.RUNNING;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.machine.Machine;
import org.vfioap.place.Execution;
import org.vfioap.place.MachineOptions;
import org.vfioap.place.Machines;
import org.vfioap.place.Refused;
import org.vfioap.place.RunningMachine;

/** Machines in processes of their own: started, listed, entered and stopped from Java. */
@Timeout(120)
class RunningMachinesIT {
  private static final String OWN = "it-" + ProcessHandle.current().pid();

  @Test
  void aMachineIsStartedListedEnteredAndStopped() throws Exception {
    Machine described = Machine.preset("document");
    try (RunningMachine machine = Machines.start(described, MachineOptions.usual().named(OWN))) {
      assertThat(Machines.running()).contains(machine);
      assertThat(Machines.find(OWN)).contains(machine);
      assertThat(machine.isReady()).isTrue();
      assertThat(machine.exec("cat", "/sys/bus/ap/ap_max_domain_id").output()).isNotBlank();
      Execution failed = machine.exec("sh", "-c", "echo out; echo err >&2; exit 3");
      assertThat(failed).isEqualTo(new Execution(3, "out\n", "err\n"));
      assertThat(failed.succeeded()).isFalse();
      assertThat(machine.exec("hostname").output()).isEqualTo(OWN + "\n");
    }
    assertThat(Machines.find(OWN)).isEmpty();
  }

  @Test
  void aWriteIsAnsweredByTheKernel() throws Exception {
    try (RunningMachine machine = Machines.start(Machine.preset("z16"))) {
      Execution write = machine.exec("sh", "-c", "echo -5 > /sys/bus/ap/apmask");
      assertThat(write).isEqualTo(new Execution(0, "", ""));
      Execution refused = machine.exec("sh", "-c", "echo +300 | tee /sys/bus/ap/apmask");
      assertThat(refused.succeeded()).isFalse();
      assertThat(refused.errors()).contains("Invalid argument");
    }
  }

  @Test
  void aWrongNameIsRefused() {
    MachineOptions wrong = MachineOptions.usual().named("two words");
    assertThatExceptionOfType(Refused.class)
        .isThrownBy(() -> Machines.start(Machine.preset("empty"), wrong))
        .withMessageContaining("'two words' cannot be a name");
  }

  @Test
  void aNameThatIsTakenIsRefused() throws Exception {
    MachineOptions same = MachineOptions.usual().named(OWN + "-taken");
    try (RunningMachine machine = Machines.start(Machine.preset("empty"), same)) {
      assertThatExceptionOfType(Refused.class)
          .isThrownBy(() -> Machines.start(Machine.preset("empty"), same))
          .withMessageContaining("a machine called '" + machine.name() + "' is running");
    }
  }

  /** Starts a machine, says so, and waits until somebody kills it. */
  static final class Starter {
    private Starter() {}

    public static void main(String[] arguments) throws Exception {
      Machines.start(Machine.preset("empty"), MachineOptions.usual().named(arguments[0]));
      System.out.println("started");
      System.in.read();
    }
  }

  @Test
  void aMachineEndsWithAProgramThatIsKilled() throws Exception {
    String name = OWN + "-orphan";
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Starter.class.getName(),
                name)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(program.inputReader().readLine()).isEqualTo("started");
    long first = Machines.find(name).orElseThrow().pid();

    program.destroyForcibly().waitFor();

    ProcessHandle.of(first).ifPresent(process -> process.onExit().join());
    assertThat(Machines.find(name)).isEmpty();
  }

  @Test
  void aMachineMayOutliveTheProgram() throws Exception {
    MachineOptions options = MachineOptions.usual().named(OWN + "-stays").outlivingThisProgram();
    try (RunningMachine machine = Machines.start(Machine.preset("empty"), options)) {
      assertThat(machine.exec("true").succeeded()).isTrue();
    }
    assertThat(Machines.find(OWN + "-stays")).isEmpty();
  }

  private static final List<String> SEEN = new ArrayList<>();

  @VfioAp(value = "document", place = RUNNING, lifecycle = PER_CLASS)
  @Disabled(Kit.ONLY)
  static class Shared {
    @RepeatedTest(2)
    void asBooted(RunningMachine machine, Machine description, KernelProfile kernel)
        throws Exception {
      SEEN.add(machine.pid() + machine.exec("cat", "/sys/bus/ap/apmask").output());
      assertThat(machine.exec("sh", "-c", "echo -5 > /sys/bus/ap/apmask").succeeded()).isTrue();
      assertThat(description.profile()).isEqualTo(kernel);
    }
  }

  @Test
  void theTestsOfAClassShareOneAsItBoots() {
    SEEN.clear();
    assertThat(Kit.run(Shared.class).failures()).isEmpty();
    assertThat(SEEN).hasSize(2);
    assertThat(SEEN.get(0)).isEqualTo(SEEN.get(1));
  }

  @VfioAp(value = "document", place = RUNNING)
  @Disabled(Kit.ONLY)
  static class Failing {
    @Test
    void fails(RunningMachine machine) throws Exception {
      machine.exec("true");
      throw new AssertionError("as wanted");
    }

    @Test
    void refused(Fixture fixture) {}
  }

  @Test
  void aFailedTestPublishesTheLogAndLeavesNoMachine() {
    List<RunningMachine> before = Machines.running();
    Kit kit = Kit.run(Failing.class);
    assertThat(kit.failures())
        .contains("as wanted", "Fixture fixture cannot be had of a machine that runs in processes");
    assertThat(kit.published().toString()).as(kit.failures()).contains("machine.yaml");
    assertThat(Machines.running()).isEqualTo(before);
  }

  @VfioAp(value = "document", place = RUNNING)
  @Disabled(Kit.ONLY)
  static class FromOutside {
    @Test
    void seesItsFiles(@Sys Path sys) throws Exception {
      assertThat(Files.readString(sys.resolve("bus/ap/ap_max_domain_id"))).isNotBlank();
    }
  }

  @Test
  void itsFilesAreSeenFromOutsideByRootOnly() {
    Kit kit = Kit.run(FromOutside.class);
    assertThat(kit.failures()).isEmpty();
    assertThat(kit.succeeded() + " " + kit.skipped())
        .matches("1 |0 only root sees the files of a running machine from outside; .*");
  }
}
