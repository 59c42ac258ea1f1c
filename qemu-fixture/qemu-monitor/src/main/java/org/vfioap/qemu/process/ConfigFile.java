package org.vfioap.qemu.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vfioap.qemu.options.OptionLists;

/**
 * A file of {@code -readconfig}: groups of keys and values, each of which is an option. Mistakes
 * are told with the line where a group ended. Source: util/qemu-config.c (qemu_config_foreach) and
 * softmmu/vl.c (qemu_parse_config_group) of QEMU 7.2.
 */
final class ConfigFile {
  private static final Pattern NAMED = Pattern.compile("\\[(\\S{1,63})\\s+\"([^\"]{1,63}).*");
  private static final Pattern GROUP = Pattern.compile("\\[([^]]{1,63}).*");
  private static final Pattern ENTRY =
      Pattern.compile("\\s*(\\S{1,63})(?:\\s*=\\s*(?:\"([^\"]{0,1023}))?)?.*");
  private static final Map<String, String> NAMES =
      Map.of("memory", "m", "smp-opts", "smp", "boot-opts", "boot");
  private static final Set<String> OTHERS = Set.of("object", "machine");

  private final CommandLine line;
  private final String path;
  private final List<CommandLine.Option> options = new ArrayList<>();
  private String group = "";
  private StringBuilder values = new StringBuilder();
  private int number;

  private ConfigFile(CommandLine line, String path) {
    this.line = line;
    this.path = path;
  }

  /** Returns the options of a file that exists. */
  static List<CommandLine.Option> read(CommandLine line, String path) throws Exit {
    ConfigFile file = new ConfigFile(line, path);
    for (String text : lines(path)) {
      file.number++;
      if (!text.isEmpty() && !text.startsWith("#")) {
        file.take(text);
      }
    }
    file.endGroup();
    return file.options;
  }

  private static List<String> lines(String path) {
    try {
      return Files.readAllLines(Path.of(path), StandardCharsets.ISO_8859_1);
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  private void take(String text) throws Exit {
    if (text.startsWith("[")) {
      endGroup();
      begin(text);
      return;
    }
    Matcher entry = ENTRY.matcher(text);
    if (!entry.matches()) {
      throw failure("parse error");
    }
    if (group.isEmpty()) {
      throw failure("no group defined");
    }
    add(entry.group(1), entry.group(2) == null ? "" : entry.group(2));
  }

  private void begin(String text) throws Exit {
    Matcher named = NAMED.matcher(text);
    Matcher plain = GROUP.matcher(text);
    if (named.matches()) {
      group = named.group(1);
      add("id", named.group(2));
    } else if (plain.matches()) {
      group = plain.group(1);
    } else {
      throw failure("parse error");
    }
  }

  private void add(String key, String value) {
    values.append(values.isEmpty() ? "" : ",");
    values.append(key).append('=').append(value.replace(",", ",,"));
  }

  private void endGroup() throws Exit {
    if (group.isEmpty()) {
      return;
    }
    if (OptionLists.of(group).isEmpty() && !OTHERS.contains(group) && !NAMES.containsKey(group)) {
      throw failure("There is no option group '" + group + "'");
    }
    String name = NAMES.getOrDefault(group, group);
    options.add(new CommandLine.Option(name, values.toString(), location()));
    group = "";
    values = new StringBuilder();
  }

  private String location() {
    return ":" + path + ":" + number;
  }

  private Exit failure(String text) {
    return line.failure(location() + ": " + text + "\n");
  }
}
