package org.vfioap.qemu.recorder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds which CPU feature needs which: starts the newest model with everything on but one feature
 * and collects the warnings; starts with two of the needed features off give their order.
 */
final class DependencyRecorder {
  private static final Pattern WARNING =
      Pattern.compile("warning: '([^']+)' requires '([^']+)'\\.");
  private static final Pattern REFUSED = Pattern.compile("Feature '([^']+)' is not available");
  private final Path program;
  private final String newest;
  private final List<String> features;

  DependencyRecorder(Path program, String newest, List<String> features) {
    this.program = program;
    this.newest = newest;
    this.features = new ArrayList<>(features);
  }

  void record(RecordingFile out) throws IOException, InterruptedException {
    dropUnavailable();
    PartialOrders orders = new PartialOrders();
    List<String> needed = needed(orders);
    for (String first : needed) {
      for (String second : needed.subList(needed.indexOf(first) + 1, needed.size())) {
        orders.add(warnings(Set.of(first, second)));
      }
    }
    out.add("dependencies", String.join("\n", orders.whole()));
  }

  private List<String> needed(PartialOrders orders) throws IOException, InterruptedException {
    Set<String> needed = new LinkedHashSet<>();
    for (String feature : features) {
      List<String> found = warnings(Set.of(feature));
      orders.add(found);
      found.forEach(pair -> needed.add(pair.split("\t", 2)[1]));
    }
    return List.copyOf(needed);
  }

  private void dropUnavailable() throws IOException, InterruptedException {
    Matcher refused = REFUSED.matcher(run(Set.of()));
    while (refused.find()) {
      features.remove(refused.group(1));
      refused = REFUSED.matcher(run(Set.of()));
    }
  }

  private List<String> warnings(Set<String> off) throws IOException, InterruptedException {
    List<String> pairs = new ArrayList<>();
    Matcher matcher = WARNING.matcher(run(off));
    while (matcher.find()) {
      pairs.add(matcher.group(1) + "\t" + matcher.group(2));
    }
    return pairs;
  }

  private String run(Set<String> off) throws IOException, InterruptedException {
    StringBuilder model = new StringBuilder(newest);
    for (String feature : features) {
      model.append(',').append(feature).append(off.contains(feature) ? "=off" : "=on");
    }
    ProcessBuilder builder =
        new ProcessBuilder(
            program.toString(),
            "-machine",
            "s390-ccw-virtio",
            "-accel",
            "tcg",
            "-nodefaults",
            "-display",
            "none",
            "-S",
            "-cpu",
            model.toString());
    Process process = builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    byte[] printed = process.getErrorStream().readAllBytes();
    process.waitFor();
    return new String(printed, StandardCharsets.UTF_8);
  }
}
