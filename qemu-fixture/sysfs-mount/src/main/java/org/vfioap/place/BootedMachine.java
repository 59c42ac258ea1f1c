package org.vfioap.place;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.vfioap.ap.ApHardware;

/**
 * A machine whose Linux is a real one: a QEMU with the AP plugin, and a folder of which the
 * plugin's socket is a part.
 *
 * <p>The QEMU's arguments say where the folder is, so there is no list to keep. Linux notices
 * changes of the hardware at its own next bus scan.
 */
public final class BootedMachine implements AutoCloseable {
  private static final Pattern PLUGIN =
      Pattern.compile("/[^,]*/ap-plugin-[0-9a-f]+\\.so,socket=(/.*)/ap");

  private final Path folder;

  private BootedMachine(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes the folder of a machine and answers what it is told.
   *
   * @param name what commands call it
   * @param source the preset or file that it was made from
   * @throws IOException if that is not possible
   */
  public static BootedMachine open(String name, String source, ApHardware hardware)
      throws IOException {
    BootedMachine machine = new BootedMachine(Files.createTempDirectory("vfioap-boot"));
    machine.write("name", name);
    machine.write("machine", source);
    ControlSocket.serve(machine.folder.resolve("control"), machine.orders(hardware));
    return machine;
  }

  private Map<String, ControlSocket.Order> orders(ApHardware hardware) {
    Map<String, ControlSocket.Order> orders = new TreeMap<>();
    Verbs.with(Map.of()).keySet().forEach(verb -> orders.put(verb, this::refuse));
    orders.put("matrix", this::refuse);
    orders.put("hw", (words, answer) -> change(words, hardware, answer));
    orders.put("hardware", (words, answer) -> answer.line(HardwareVerb.describe(hardware)));
    return orders;
  }

  private void refuse(List<String> words, Verb.Answer answer) {
    throw new IllegalArgumentException(
        "this machine runs a real Linux, which only its console reaches; allowed from here: hw,"
            + " list, stop");
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text + "\n");
  }

  private static void change(List<String> words, ApHardware hardware, Verb.Answer answer)
      throws IOException {
    String what = words.isEmpty() ? "show" : words.get(0);
    switch (what) {
      case "show" -> HardwareVerb.show(hardware, answer);
      case "scan" ->
          throw new IllegalArgumentException(
              "a real Linux scans by itself, every config_time seconds; in it: echo 1 >"
                  + " /sys/bus/ap/scans, or with 6.1: echo 5 > /sys/bus/ap/config_time");
      case "fault" ->
          throw new IllegalArgumentException(
              "a real Linux has its own files, which cannot be made faulty from here");
      default -> {
        Consumer<ApHardware> change = HardwareVerb.change(words, hardware);
        change.accept(hardware);
      }
    }
  }

  /** Returns the machine's folder. */
  public Path folder() {
    return folder;
  }

  /** Returns where its plugin's socket has to be. */
  public Path socket() {
    return folder.resolve("ap");
  }

  /** Says that its QEMU runs. */
  public void ready() throws IOException {
    write("ready", "");
  }

  /** Removes the folder. */
  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Returns the folder that a QEMU with these arguments belongs to. */
  static Optional<Path> folder(List<String> arguments) {
    return arguments.stream()
        .map(PLUGIN::matcher)
        .filter(Matcher::matches)
        .map(matcher -> Path.of(matcher.group(1)))
        .findFirst();
  }

  static Optional<String> name(Path folder) {
    try {
      byte[] text = Files.readAllBytes(folder.resolve("name"));
      return Optional.of(new String(text, StandardCharsets.UTF_8).strip());
    } catch (IOException gone) {
      return Optional.empty();
    }
  }
}
