package org.vfioap.xml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Cases that libvirt answered, from {@code testdata/libvirt}. */
public final class Recorded {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Recorded() {}

  /** Returns the lines of a file. */
  public static Stream<JsonNode> cases(String file) throws IOException {
    return Files.readAllLines(Path.of("../testdata/libvirt", file)).stream().map(Recorded::parse);
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
