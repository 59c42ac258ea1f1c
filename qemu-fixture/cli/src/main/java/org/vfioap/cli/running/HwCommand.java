package org.vfioap.cli.running;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.vfioap.cli.message.UserError;
import org.vfioap.place.RunningMachine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Changes the hardware of a running machine. */
@Command(
    name = "hw",
    mixinStandardHelpOptions = true,
    header = "Shows and changes the hardware of a running machine.",
    customSynopsis = "vfioap hw [NAME] [CHANGE|--json]",
    description = {
      "As an operator does at the support element, or a fault does. Linux notices at once, or at"
          + " its next bus scan if the machine file says so.",
      "",
      "Changes:",
      "  show                                     what there is (the default)",
      "  adapter NUMBERS add [TYPE [MODE]]        assigns adapters to the system",
      "  adapter NUMBERS remove                   takes them away",
      "  adapter NUMBERS deconfigure|configure    takes them offline and online",
      "  adapter NUMBERS checkstop|repair         lets them fail and work again",
      "  adapter NUMBERS functions BITS           ap_functions, as 0x92800000",
      "  adapter NUMBERS serialnr TEXT            what the coprocessor answers: its serial number,",
      "  adapter NUMBERS api-ordinalnr NUMBER     and of EP11 its API ordinal number,",
      "  adapter NUMBERS fw-version NUMBER.NUMBER firmware,",
      "  adapter NUMBERS op-modes MODE,...        and operation modes, as FIPS2011,BSI2011",
      "  domain NUMBERS add|remove                usage domains",
      "  control-domain NUMBERS add|remove        control domains",
      "  queue CC.DDDD STATE                      ok, absent, checkstopped, deconfigured,",
      "                                           reset-busy-once, reset-stuck, bind-refused,",
      "                                           association-refused, association-pending",
      "  queue CC.DDDD mkvps REGISTER STATE       a master key register, as AES CUR valid 0x...",
      "  queue CC.DDDD op-modes MODE,...          operation modes of an EP11 domain",
      "  fault DEVICE FILE FAULT                  what reads and writes of a file of a card or",
      "                                           queue get; none: the file works again",
      "  scan                                     lets the AP bus look now",
      "",
      "NUMBERS are decimal or 0x hexadecimal: 5, 0x0b, 4-6,9. TYPE is CEX2A to CEX8 or NEWER, MODE"
          + " accel, cca or ep11. FAULT is an errno, or interrupted: a read shows '- -' as if a"
          + " signal had interrupted it; then read or write, if only that meets it; then once, if"
          + " only the first one does."
    },
    footer = {
      "",
      "Examples:",
      "  vfioap hw z16 adapter 5 add",
      "  vfioap hw adapter 0x10 add CEX8 ep11",
      "  vfioap hw queue 05.0004 checkstopped",
      "  vfioap hw queue 05.0004 mkvps AES CUR valid 0x00fb53ecf0bf7ca2",
      "  vfioap hw fault 05.0004 mkvps interrupted once",
      "  vfioap hw fault card05 online EIO write"
    })
public final class HwCommand implements Runnable {
  private static final Set<String> CHANGES =
      Set.of("show", "scan", "adapter", "domain", "control-domain", "queue", "fault");

  @Spec private CommandSpec spec;

  @Parameters(arity = "0..*", hidden = true)
  private List<String> words = List.of();

  @Option(names = "--json", description = "Shows the hardware as a JSON object; see docs/json.md.")
  private boolean json;

  @Override
  public void run() {
    boolean named = !words.isEmpty() && !CHANGES.contains(words.get(0));
    RunningMachine machine = ChosenMachine.find(named ? words.get(0) : null);
    List<String> change = words.subList(named ? 1 : 0, words.size());
    if (!json) {
      List<String> request = new ArrayList<>(List.of("hw"));
      request.addAll(change);
      ChosenMachine.tell(machine, request, spec);
    } else if (change.isEmpty() || change.equals(List.of("show"))) {
      ChosenMachine.tell(machine, List.of("hardware"), spec);
    } else {
      throw new UserError(
          "--json shows the hardware and changes nothing: leave --json or the change out");
    }
  }
}
