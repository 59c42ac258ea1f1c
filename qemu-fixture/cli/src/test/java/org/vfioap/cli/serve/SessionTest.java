package org.vfioap.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Requests and their answers. */
final class SessionTest {
  private static final String MDEV = "62177883-f1bb-47f0-914d-32a22e3a8804";
  private static final String MATRIX = "/sys/devices/vfio_ap/matrix/";

  /** Asks one request after another; returns the answers without their {@code id}. */
  private static List<JsonNode> ask(String... requests) throws IOException {
    List<String> lines = new ArrayList<>();
    BufferedReader in = new BufferedReader(new StringReader(String.join("\n", requests)));
    Session.serve(in, lines::add, "test");
    assertThat(lines.get(0)).isEqualTo("{\"vfioap\":\"test\",\"protocol\":1}");
    List<JsonNode> answers = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      JsonNode answer = new ObjectMapper().readTree(line.replace('\n', ' '));
      answers.add(answer.has("ok") ? answer.get("ok") : answer.get("error"));
    }
    return answers;
  }

  private static JsonNode last(String... requests) throws IOException {
    List<JsonNode> answers = ask(requests);
    return answers.get(answers.size() - 1);
  }

  private static String write(String path, String value) {
    return "{\"do\":\"write\",\"path\":\"" + path + "\",\"value\":\"" + value + "\"}";
  }

  private static String[] withGuest(String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "{\"do\":\"boot\"}",
                write("/sys/bus/ap/apmask", "-5"),
                write(MATRIX + "mdev_supported_types/vfio_ap-passthrough/create", MDEV),
                write(MATRIX + MDEV + "/assign_adapter", "5"),
                write(MATRIX + MDEV + "/assign_domain", "4"),
                "{\"do\":\"guest\",\"name\":\"g\",\"mdevs\":[\"" + MDEV + "\"]}"));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  @Test
  void refusalHasErrnoTextAndLog() throws IOException {
    JsonNode error =
        last(
            withGuest(
                "{\"id\":7,\"do\":\"write\",\"path\":\"/sys/bus/ap/apmask\",\"value\":\"+5\"}"));

    assertThat(error.path("kind").asText()).isEqualTo("refused");
    assertThat(error.path("errno").asText()).isEqualTo("EBUSY");
    assertThat(error.path("number").asInt()).isEqualTo(16);
    assertThat(error.path("log").get(0).asText()).contains("may not re-assign queue 05.0004");
  }

  @Test
  void guestHasItsQueueAndItsOwnFiles() throws IOException {
    List<JsonNode> answers =
        ask(
            withGuest(
                "{\"do\":\"queues\",\"guest\":\"g\"}",
                "{\"do\":\"list\",\"in\":\"g\",\"path\":\"/sys/bus/ap/devices\"}",
                "{\"do\":\"qmp\",\"guest\":\"g\",\"execute\":\"query-status\"}",
                "{\"do\":\"stop\"}"));

    assertThat(answers.get(6).toString()).isEqualTo("{\"apqns\":[\"05.0004\"]}");
    assertThat(answers.get(7).toString()).isEqualTo("{\"names\":[\"05.0004\",\"card05\"]}");
    assertThat(answers.get(8).path("return").path("running").asBoolean()).isTrue();
    assertThat(answers.get(9).toString())
        .isEqualTo(
            "{\"leaks\":[{\"guest\":\"g\"},{\"mdev\":\"" + MDEV + "\"}],\"unusedFaults\":[]}");
  }

  @Test
  void faultHappensOnce() throws IOException {
    String unplug = "{\"do\":\"unplug\",\"guest\":\"g\",\"device\":\"h\"}";
    List<JsonNode> answers =
        ask(
            withGuest(
                "{\"do\":\"end\",\"guest\":\"g\"}",
                "{\"do\":\"guest\",\"name\":\"g\"}",
                "{\"do\":\"plug\",\"guest\":\"g\",\"mdev\":\"" + MDEV + "\",\"device\":\"h\"}",
                "{\"do\":\"fault\",\"guest\":\"g\",\"unplug\":\"reject\"}",
                unplug,
                "{\"do\":\"await\",\"queue\":\"05.0004\",\"in\":\"g\"}",
                unplug,
                "{\"do\":\"await\",\"queue\":\"05.0004\",\"in\":\"g\",\"gone\":true}",
                "{\"do\":\"fault\",\"guest\":\"g\",\"command\":\"device-del\",\"fault\":\"drop\"}",
                "{\"do\":\"journal\",\"guest\":\"g\"}"));

    assertThat(answers.subList(6, 14)).allSatisfy(each -> assertThat(each.has("kind")).isFalse());
    assertThat(answers.get(14).path("text").asText())
        .isEqualTo("unknown command 'device-del'; did you mean device_del?");
    assertThat(answers.get(15).path("entries")).as("the test's own monitor is none").isEmpty();
  }

  @Test
  void stopTellsFaultsThatDidNotHappen() throws IOException {
    JsonNode stopped =
        last(
            withGuest(
                "{\"do\":\"fault\",\"guest\":\"g\",\"unplug\":\"reject\",\"times\":2}",
                "{\"do\":\"fault\",\"read\":\"/sys/**/type\",\"fault\":\"refuse\",\"errno\":\"EIO\"}",
                "{\"do\":\"stop\"}"));

    assertThat(stopped.path("unusedFaults").toString())
        .contains("next read of /sys/**/type", "g: ", "device_del");
    assertThat(stopped.path("unusedFaults")).hasSize(3);
  }

  @Test
  void faultsSayWhatIsAllowed() throws IOException {
    assertThat(last(withGuest("{\"do\":\"fault\",\"guest\":\"g\"}")).path("text").asText())
        .startsWith("what is to fail? allowed: one of unplug, plug, command, ");
    assertThat(
            last(withGuest("{\"do\":\"fault\",\"guest\":\"g\",\"unplug\":\"lose\"}"))
                .path("text")
                .asText())
        .isEqualTo(
            "unknown fault 'lose' of 'unplug'; allowed: reject, refuse, ignore, loseEvent, delay");
    assertThat(last(withGuest("{\"do\":\"fault\",\"checkstop\":256}")).path("text").asText())
        .isEqualTo("'checkstop' is 256; allowed: a number, 0 to 255");
    assertThat(
            last(withGuest(
                    "{\"do\":\"fault\",\"before\":\"/sys/**\",\"then\":{\"do\":\"nothing\"}}"))
                .path("text")
                .asText())
        .startsWith("cannot do 'nothing'; allowed: await, ");
  }

  @Test
  void adapterArrivesAndIsAwaited() throws IOException {
    JsonNode ok =
        last(
            "{\"do\":\"boot\"}",
            "{\"do\":\"hw\",\"words\":[\"adapter\",\"9\",\"add\",\"CEX8\",\"ep11\"]}",
            "{\"do\":\"await\",\"queue\":\"09.0004\"}");

    assertThat(ok.toString()).isEqualTo("{}");
  }

  @Test
  void waitingInVainTellsTheRule() throws IOException {
    JsonNode error = last("{\"do\":\"boot\"}", "{\"do\":\"await\",\"queue\":\"09.0004\",\"ms\":1}");

    assertThat(error.path("timeout").asBoolean()).isTrue();
    assertThat(error.path("text").asText())
        .startsWith("awaited in vain: {\"queue\":\"09.0004\",\"ms\":1}")
        .contains("adapter 09 is not assigned");
    assertThat(error.path("picture").asText()).contains("05 CEX5C");
  }

  @Test
  void wrongRequestsNameWhatIsAllowed() throws IOException {
    assertThat(last("{\"do\":\"nothing\"}").path("text").asText())
        .startsWith("cannot do 'nothing'; allowed: await, boot, ");
    assertThat(last("{\"do\":\"boot\",\"colour\":1}").path("text").asText())
        .startsWith("'colour' is unknown; allowed: machine, ");
    assertThat(last("{\"do\":\"boot\",\"machine\":5}").path("text").asText())
        .isEqualTo("'machine' is 5; allowed: a text");
    assertThat(last("{\"do\":\"boot\",\"machine\":\"nosuch\"}").path("text").asText())
        .contains("nosuch");
    assertThat(last("{\"do\":\"read\",\"path\":\"/sys\"}").path("text").asText())
        .isEqualTo("there is no machine ''; running: none");
    assertThat(last("[]").path("text").asText()).isEqualTo("a request is an object");
  }

  @Test
  void machinesAreApart() throws IOException {
    List<JsonNode> answers =
        ask(
            "{\"do\":\"boot\"}",
            "{\"do\":\"boot\",\"yaml\":\"adapters: {1: {type: CEX7}}\\ndomains: [2]\"}",
            "{\"do\":\"exists\",\"machine\":\"m1\",\"path\":\"/sys/devices/ap/card01\"}",
            "{\"do\":\"exists\",\"machine\":\"m2\",\"path\":\"/sys/devices/ap/card01\"}");

    assertThat(answers.get(2).path("exists").asBoolean()).isFalse();
    assertThat(answers.get(3).path("exists").asBoolean()).isTrue();
  }

  @Test
  void schemaNamesEveryRequestAndMember() throws IOException {
    JsonNode schema = new ObjectMapper().readTree(Path.of("../../docs/serve.schema.json").toFile());
    Map<String, TreeSet<String>> described = new TreeMap<>();
    for (JsonNode each : schema.get("oneOf")) {
      TreeSet<String> members = new TreeSet<>();
      each.get("properties").fieldNames().forEachRemaining(members::add);
      members.removeAll(List.of("id", "do"));
      described.put(each.path("title").asText(), members);
    }
    Map<String, TreeSet<String>> known = new TreeMap<>();
    Session.operations().forEach((name, each) -> known.put(name, new TreeSet<>(each.members())));

    assertThat(described).isEqualTo(known);
    String page = Files.readString(Path.of("../../docs/serve.md"));
    known.keySet().forEach(name -> assertThat(page).contains("`" + name + "`"));
  }
}
