package org.vfioap.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
   * Reads a file: scenarios one after another, each on a line of its own or on several.
   *
   * @throws ScenarioException if the file cannot be read, holds no scenario, or holds anything else
   */
  public static List<Scenario> read(Path file) {
    List<Scenario> scenarios = new ArrayList<>();
    try (BufferedReader text = Files.newBufferedReader(file);
        MappingIterator<JsonNode> all = JSON.readerFor(JsonNode.class).readValues(text)) {
      while (all.hasNextValue()) {
        JsonNode json = all.nextValue();
        int line = all.getCurrentLocation().getLineNr();
        scenarios.add(of(json, line > 1 ? file + ":" + line : file.toString()));
      }
    } catch (JsonProcessingException e) {
      throw new ScenarioException(
          file + ":" + line(e) + " is no JSON: " + e.getOriginalMessage(), e);
    } catch (NoSuchFileException e) {
      throw new ScenarioException(file + " does not exist", e);
    } catch (IOException e) {
      throw new ScenarioException(file + " cannot be read: " + reason(e), e);
    }
    if (scenarios.isEmpty()) {
      throw new ScenarioException(file + " holds no scenario");
    }
    return scenarios;
  }

  private static int line(JsonProcessingException e) {
    return e.getLocation() == null ? 1 : e.getLocation().getLineNr();
  }

  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "there is no such file";
    }
    return e instanceof CharacterCodingException
        ? "it is not UTF-8 text"
        : String.valueOf(e.getMessage());
  }

  /**
   * Reads one scenario.
   *
   * @param where file and line, for the message
   * @throws ScenarioException if the text is no scenario
   */
  public static Scenario parse(String text, String where) {
    try {
      return of(JSON.readTree(text), where);
    } catch (JsonProcessingException e) {
      throw new ScenarioException(where + " is no JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static Scenario of(JsonNode json, String where) {
    if (!(json instanceof ObjectNode object)
        || !json.path("name").isTextual()
        || !json.path("hw").isObject()
        || !json.path("ops").isArray()) {
      throw new ScenarioException(
          where + " is no scenario: an object with name, hw and ops is wanted");
    }
    return new Scenario(object.get("name").textValue(), object);
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
