package org.vfioap.junit;

import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.MediaType;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.JUnitException;

/** Publishes what explains the failure of a test. */
final class Report {
  private static final Pattern APQN = Pattern.compile("\\b[0-9a-f]{2}\\.[0-9a-f]{4}\\b");

  private final ExtensionContext context;
  private final String prefix;

  private Report(ExtensionContext context, String name) {
    this.context = context;
    this.prefix = name.isEmpty() ? "" : name + "-";
  }

  static void publish(
      ExtensionContext context, String name, HostFixture fixture, Throwable failure) {
    Report report = new Report(context, name);
    context.publishReportEntry("vfioap." + report.prefix + "matrix", fixture.state());
    files(fixture, failure).forEach(report::file);
  }

  /** Publishes what a machine tells that runs in processes of its own. */
  static void publish(ExtensionContext context, String name, Running machine) {
    Report report = new Report(context, name);
    report.file("dmesg.txt", machine.log());
    report.file("machine.yaml", machine.description().toYaml());
  }

  /** Before JUnit 5.12, and where it has no directory for files, a file is a report entry. */
  private void file(String name, String text) {
    if (text.isBlank()) {
      return;
    }
    try {
      context.publishFile(
          prefix + name, MediaType.TEXT_PLAIN_UTF_8, path -> Files.writeString(path, text));
    } catch (NoSuchMethodError | NoClassDefFoundError | JUnitException noFiles) {
      context.publishReportEntry("vfioap." + prefix + name, text);
    }
  }

  private static Map<String, String> files(HostFixture fixture, Throwable failure) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("dmesg.txt", lines(fixture.log().stream()));
    files.put("uevents.txt", lines(fixture.uevents().stream()));
    files.put("writes.txt", lines(fixture.writes().writes().stream()));
    fixture.guests().forEach(guest -> files.put("qmp-" + guest.name() + ".txt", guest.sent()));
    if (!fixture.writes().writes().isEmpty()) {
      files.put("replay.json", Replay.of(fixture));
    }
    files.put("machine.yaml", fixture.machine().toYaml());
    files.put("explain.txt", explained(fixture, String.valueOf(failure.getMessage())));
    files.values().removeIf(String::isEmpty);
    return files;
  }

  private static String lines(Stream<?> all) {
    return all.map(each -> each + "\n").collect(Collectors.joining());
  }

  /** Explains each queue that the failure names. */
  private static String explained(HostFixture fixture, String message) {
    Matcher matcher = APQN.matcher(message);
    return matcher
        .results()
        .map(found -> found.group())
        .distinct()
        .map(apqn -> Reasons.all(fixture.host(), apqn))
        .collect(Collectors.joining("\n"));
  }
}
