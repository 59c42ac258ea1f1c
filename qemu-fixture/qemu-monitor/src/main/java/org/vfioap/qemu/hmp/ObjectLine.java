package org.vfioap.qemu.hmp;

import java.util.Optional;
import java.util.Set;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.options.KeyvalParser;
import org.vfioap.qemu.options.OptionString;
import org.vfioap.qemu.options.OptionsReader;
import org.vfioap.qemu.qapi.CommandSchema;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qapi.Refusals;
import org.vfioap.qemu.recording.Recording;
import org.vfioap.qemu.scalar.SizeText;

/**
 * The argument of {@code object_add}. Source: qom/object_interfaces.c (user_creatable_parse_str)
 * and qapi/qobject-input-visitor.c of QEMU 7.2.
 *
 * @param help what is printed if it asks for help
 * @param members the object's members if it does not, of the types that the schema gives them
 */
record ObjectLine(Optional<String> help, JsonObject members) {
  private static final String TYPE = "qom-type";
  private static final String COMMAND = "object-add";
  private static final Set<String> SIZES = Set.of("size", "align", "hugetlbsize");

  static ObjectLine read(String text) throws QemuError {
    JsonObject texts = JsonObject.empty();
    boolean asks = KeyvalParser.parseInto(texts, text, TYPE);
    String type = texts.text(TYPE).orElse("");
    if (asks || type.equals("help") || type.equals("?")) {
      return new ObjectLine(Optional.of(help(type)), JsonObject.empty());
    }
    CommandSchema schema = CommandSchema.recorded();
    schema.checkTexts(COMMAND, withSizes(texts));
    return new ObjectLine(
        Optional.empty(), OptionsReader.read(schema, COMMAND, OptionString.parse(text, TYPE)));
  }

  private static String help(String type) {
    Recording texts = Recording.named("cli");
    String list = "-object help";
    return texts.find("-object " + type + ",help").orElseGet(() -> texts.get(list)) + "\n";
  }

  /** Returns the texts with sizes in bytes. */
  private static JsonObject withSizes(JsonObject texts) throws QemuError {
    JsonObject copy = JsonObject.empty();
    texts.members().forEach(copy::with);
    for (String name : SIZES) {
      if (texts.get(name).orElse(null) instanceof JsonString string) {
        Optional<Long> bytes = SizeText.parse(string.text(), 1).flatMap(SizeText::bytes);
        copy.with(name, Long.toString(bytes.orElseThrow(() -> Refusals.expects(name, "size"))));
      }
    }
    return copy;
  }
}
