package org.vfioap.qemu.qapi;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.recording.Recording;

/** The commands of the recorded QEMU and the check of their arguments. */
public final class CommandSchema {
  /** Commands whose arguments QEMU takes as they are ({@code 'gen': false} in its schema). */
  private static final Set<String> UNCHECKED = Set.of("device_add");

  private final Map<String, String> argumentTypes = new HashMap<>();
  private final Map<String, Boolean> outOfBand = new HashMap<>();
  private final Map<String, String> typeLines = new HashMap<>();
  private final Map<String, SchemaType> types = new HashMap<>();

  private CommandSchema() {
    Recording recording = Recording.named("commands");
    for (String line : recording.lines("commands")) {
      String[] words = line.split(" ", -1);
      argumentTypes.put(words[0], words[1]);
      outOfBand.put(words[0], words.length > 2);
    }
    for (String line : recording.lines("types")) {
      int space = line.indexOf(' ');
      typeLines.put(line.substring(0, space), line.substring(space + 1));
    }
  }

  /** Returns the schema of the recorded QEMU. */
  public static CommandSchema recorded() {
    return new CommandSchema();
  }

  /** Says whether there is a command called {@code name}. */
  public boolean knows(String name) {
    return argumentTypes.containsKey(name);
  }

  /** Says whether {@code command} may be sent with {@code exec-oob}. */
  public boolean allowsOutOfBand(String command) {
    return outOfBand.getOrDefault(command, false);
  }

  /**
   * Checks the arguments of a known command.
   *
   * @throws QemuError if one is missing, unexpected, or of the wrong type
   */
  public void check(String command, JsonObject arguments) throws QemuError {
    if (!UNCHECKED.contains(command)) {
      new ArgumentCheck(this).check(argumentTypes.getOrDefault(command, "0"), arguments);
    }
  }

  /**
   * Checks the arguments of a known command that an option of the command line gives in the form
   * {@code key=value}, where each scalar is a text.
   *
   * @throws QemuError if one is missing, unexpected, or of the wrong type
   */
  public void checkTexts(String command, JsonObject arguments) throws QemuError {
    ArgumentCheck.ofTexts(this).check(argumentTypes.getOrDefault(command, "0"), arguments);
  }

  /**
   * Checks an object against the union that has a case called {@code kase}.
   *
   * @param texts whether each scalar is a text
   * @throws QemuError if a member is missing, unexpected, or of the wrong type
   */
  public void checkUnion(String kase, JsonObject members, boolean texts) throws QemuError {
    String mark = " case=" + kase + ":";
    for (Map.Entry<String, String> each : typeLines.entrySet()) {
      if (each.getValue().contains(mark)) {
        ArgumentCheck check = texts ? ArgumentCheck.ofTexts(this) : new ArgumentCheck(this);
        check.check(each.getKey(), members);
      }
    }
  }

  /** Returns the words of the enumeration that starts with {@code start}; none if unknown. */
  public List<String> words(String start) {
    for (String line : typeLines.values()) {
      if (line.startsWith("enum " + start + " ")) {
        return List.of(line.substring("enum ".length()).split(" ", -1));
      }
    }
    return List.of();
  }

  /** Returns the names of the arguments of {@code command}. */
  public List<String> arguments(String command) {
    return ((SchemaType.Struct) argumentType(command))
        .members().stream().map(SchemaType.Member::name).toList();
  }

  /** Returns the type of the arguments of {@code command}: a struct, empty if it takes none. */
  public SchemaType argumentType(String command) {
    return type(argumentTypes.getOrDefault(command, "0"));
  }

  /** Returns a type by its name in introspection; one that takes any value if it is unknown. */
  public SchemaType type(String name) {
    return types.computeIfAbsent(
        name, key -> SchemaType.parse(typeLines.getOrDefault(key, "builtin value")));
  }
}
