package org.vfioap.cli.doctor;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.vfioap.doctor.Computer;
import org.vfioap.doctor.Examination;
import org.vfioap.doctor.Finding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks what this computer supports, and how to fix what is missing. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    header = "Checks what this computer supports, and prints the command that fixes the rest.",
    description =
        "A line for each thing: 'ok', 'needed' (no machine runs without it) or 'missing' (only some"
            + " programs want it), and the command that fixes it. Exit status 1 if something needed"
            + " is not there.")
public final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Prints a JSON array, a finding an object.")
  private boolean json;

  @Override
  public Integer call() {
    Computer computer = Computer.here();
    List<Finding> findings = new ArrayList<>(Examination.of(computer));
    findings.add(RealLinux.qemu(System.getenv()));
    findings.add(RealLinux.compiler(computer));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(array(findings));
    } else {
      findings.forEach(finding -> print(finding, out));
    }
    out.flush();
    return findings.stream().allMatch(f -> f.good() || !f.needed()) ? 0 : 1;
  }

  private static void print(Finding finding, PrintWriter out) {
    out.printf("%-8s %-18s %s%n", finding.state(), finding.name(), finding.found());
    if (!finding.good()) {
      out.printf("%-8s   fix: %s%n", "", finding.mend());
    }
  }

  private static ArrayNode array(List<Finding> findings) {
    ArrayNode array = new ObjectMapper().createArrayNode();
    for (Finding finding : findings) {
      array
          .addObject()
          .put("name", finding.name())
          .put("state", finding.state())
          .put("found", finding.found())
          .put("fix", finding.mend());
    }
    return array;
  }
}
