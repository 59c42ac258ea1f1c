package org.vfioap.machine;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** YAML text becomes nodes: one document, within the limits of {@link LimitedParser}. */
final class YamlText {
  private static final String YAML = "YAML as in docs/machine-files.md";

  private YamlText() {}

  static YamlValue compose(String text, String file) {
    MachineFile.checkSize(file, text.length());
    checkCharacters(text, file);
    try {
      return compose(composer(text, file), file);
    } catch (MarkedYamlEngineException e) {
      throw position(e, file).error("not YAML: " + describe(e), YAML);
    } catch (YamlEngineException e) {
      throw Position.whole(file).error("not YAML: " + e.getMessage(), YAML);
    }
  }

  private static void checkCharacters(String text, String file) {
    int at = 0;
    while (at < text.length()) {
      int character = text.codePointAt(at);
      if (!StreamReader.isPrintable(character)) {
        throw Position.after(file, text.substring(0, at))
            .error(String.format("character U+%04X", character), "printable characters");
      }
      at += Character.charCount(character);
    }
  }

  private static Composer composer(String text, String file) {
    // The whole text in one buffer: the reader fails where one ends between two surrogates.
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(file)
            .setCodePointLimit(MachineFile.MAX_BYTES)
            .setBufferSize(text.length() + 1)
            .build();
    StreamReader reader = new StreamReader(settings, text);
    return new Composer(settings, new LimitedParser(new ParserImpl(settings, reader), file));
  }

  private static YamlValue compose(Composer composer, String file) {
    if (!composer.hasNext()) {
      throw empty(file);
    }
    YamlValue root = new YamlValue(file, composer.next());
    if (root.isNull()) {
      throw empty(file);
    }
    if (composer.hasNext()) {
      YamlValue second = new YamlValue(file, composer.next());
      throw second.position().error("a second document", "one document");
    }
    return root;
  }

  private static MachineFileException empty(String file) {
    return Position.whole(file)
        .error("the file describes nothing", "{} for a machine without adapters, or any key");
  }

  private static Position position(MarkedYamlEngineException e, String file) {
    return e.getProblemMark()
        .or(e::getContextMark)
        .map(mark -> Position.of(file, mark))
        .orElse(Position.whole(file));
  }

  private static String describe(MarkedYamlEngineException e) {
    String context = e.getContext() == null ? "" : e.getContext() + ", ";
    return Quoted.visible(context + e.getProblem());
  }
}
