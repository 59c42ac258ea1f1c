package org.vfioap.cli.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every command of the pages does what the page says: blocks marked {@code sh} succeed, those
 * marked {@code console} print what they show, whatever their status. All blocks of a page run in
 * one bash, in a folder that has what a checkout has, and with processes of their own, so that only
 * their machines run.
 */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
final class PagesIT {
  private static final Path CHECKOUT = Path.of("../..").toAbsolutePath().normalize();
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)[^)]*\\)");
  private static final String MARK = "@@@ ";

  private static final long SECONDS = 120;

  @TempDir private Path directory;

  static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(CHECKOUT.resolve("README.md")));
    try (Stream<Path> docs = Files.list(CHECKOUT.resolve("docs"))) {
      docs.filter(page -> page.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    return pages;
  }

  @ParameterizedTest
  @MethodSource("pages")
  void commandsAreMarked(Path page) throws IOException {
    assertThat(Block.of(page))
        .filteredOn(block -> block.run() && block.looksLikeCommands())
        .as("blocks that need sh, console or <!-- not run: REASON -->")
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linksLeadToFiles(Path page) throws IOException {
    List<String> links =
        LINK.matcher(Files.readString(page)).results().map(each -> each.group(1)).toList();

    assertThat(links)
        .filteredOn(link -> !link.contains(":"))
        .allSatisfy(link -> assertThat(page.resolveSibling(link)).exists());
  }

  @ParameterizedTest
  @MethodSource("pages")
  void commandsDoWhatThePageSays(Path page) throws Exception {
    List<Session.Step> steps = new ArrayList<>();
    StringBuilder script = new StringBuilder("set -e\n");
    for (Block block : Block.of(page)) {
      if (block.run() && block.isShell()) {
        script.append(String.join("\n", block.text())).append('\n');
      } else if (block.run() && block.isSession()) {
        Session.of(block).steps().forEach(step -> add(step, steps, script));
      }
    }
    if (script.length() > "set -e\n".length()) {
      compare(steps, run(script));
    }
  }

  private static void add(Session.Step step, List<Session.Step> steps, StringBuilder script) {
    script.append("echo '").append(MARK).append(steps.size()).append("'; ");
    script.append(step.command()).append(" || true; echo '").append(MARK).append("end'\n");
    steps.add(step);
  }

  private static void compare(List<Session.Step> steps, String said) {
    for (int i = 0; i < steps.size(); i++) {
      int start = said.indexOf(MARK + i + "\n");
      assertThat(start).as(steps.get(i).command() + " ran, in:\n" + said).isNotNegative();
      int from = said.indexOf('\n', start) + 1;
      String printed = said.substring(from, said.indexOf(MARK + "end", from)).replace("\r", "");
      assertThat(printed)
          .as(steps.get(i).command())
          .matches(Session.expectation(steps.get(i).printed()));
    }
  }

  private String run(CharSequence script) throws IOException, InterruptedException {
    for (String shared : List.of("vfioap", "docs", "testdata", "qemu-fixture")) {
      Files.createSymbolicLink(directory.resolve(shared), CHECKOUT.resolve(shared));
    }
    Path file = Files.writeString(directory.resolve("commands"), script);
    List<String> command = new ArrayList<>(List.of("unshare"));
    if (!"root".equals(System.getProperty("user.name"))) {
      command.addAll(List.of("--user", "--map-root-user"));
    }
    command.addAll(List.of("--mount", "--pid", "--fork", "--mount-proc", "--kill-child"));
    assumeTrue(works(command), "this computer does not let this user make namespaces");
    command.addAll(List.of("bash", file.toString()));
    Path out = directory.resolve("said");
    Process process = started(command).redirectOutput(out.toFile()).start();
    boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    String said = Files.readString(out, StandardCharsets.UTF_8);
    assertThat(ended).as("it ends, after:\n" + said).isTrue();
    assertThat(process.exitValue()).as(script + "\nsaid:\n" + said).isZero();
    return said;
  }

  private ProcessBuilder started(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(directory.toFile()).redirectErrorStream(true);
    builder.redirectInput(Path.of("/dev/null").toFile());
    builder.environment().put("VFIOAP_BUILDING", "1");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("HOME", directory.toString());
    builder.environment().put("XDG_RUNTIME_DIR", directory.toString());
    return builder;
  }

  private boolean works(List<String> unshare) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(unshare);
    command.add("true");
    return started(command).start().waitFor() == 0;
  }
}
