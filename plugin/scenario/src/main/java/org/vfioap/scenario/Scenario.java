package org.vfioap.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One scenario: a machine, its state after boot, and operations with their results.
 *
 * <p>The format is described in testdata/vectors/README.md.
 *
 * @param name unique in its file
 * @param json the whole object, with at least {@code hw} and {@code ops}
 */
public record Scenario(String name, ObjectNode json) {
  static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads a file: {@code .jsonl} has one scenario a line, any other name is one scenario.
   *
   * @throws ScenarioException if the file cannot be read or is no scenario file
   */
  public static List<Scenario> read(Path file) {
    boolean lines = file.toString().endsWith(".jsonl");
    try {
      List<String> texts = lines ? Files.readAllLines(file) : List.of(Files.readString(file));
      List<Scenario> scenarios = new ArrayList<>();
      for (int i = 0; i < texts.size(); i++) {
        if (!texts.get(i).isBlank()) {
          scenarios.add(parse(texts.get(i), lines ? file + ":" + (i + 1) : file.toString()));
        }
      }
      return scenarios;
    } catch (IOException e) {
      throw new ScenarioException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Reads one scenario.
   *
   * @param where file and line, for the message
   * @throws ScenarioException if the text is no scenario
   */
  public static Scenario parse(String text, String where) {
    try {
      JsonNode json = JSON.readTree(text);
      if (!(json instanceof ObjectNode object)
          || !json.path("name").isTextual()
          || !json.path("hw").isObject()
          || !json.path("ops").isArray()) {
        throw new ScenarioException(
            where + " is no scenario: an object with name, hw and ops is wanted");
      }
      return new Scenario(object.get("name").textValue(), object);
    } catch (JsonProcessingException e) {
      throw new ScenarioException(where + " is no JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** Returns the machine. */
  JsonNode hardware() {
    return json.get("hw");
  }

  /** Returns the operations. */
  JsonNode operations() {
    return json.get("ops");
  }
}
