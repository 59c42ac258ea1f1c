package org.vfioap.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** A machine file as JSON: the same keys and values. */
final class MachineKeys {
  private MachineKeys() {}

  static JsonNode of(String yaml) {
    LoadSettings settings = LoadSettings.builder().setSchema(new CoreSchema()).build();
    return new ObjectMapper().valueToTree(new Load(settings).loadFromString(yaml));
  }
}
