package org.vfioap.xml.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.vfioap.xml.verdict.Position;

/** Makes elements from a seed. */
final class RandomXml {
  private static final List<String> NAMES = List.of("a", "hostdev", "x-1", "_y", "ä");
  private static final List<String> TEXTS =
      List.of("x", "<", "&", "'", "\"", "\r", "\n", "\t", "]]>", "é", "\uD83D\uDE00", " ");

  private final Random random;

  RandomXml(Random random) {
    this.random = random;
  }

  XmlElement element(int depth) {
    List<XmlNode> children = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      children.add(child(depth, children));
    }
    return new XmlElement(pick(NAMES), "", attributes(), children, Position.NONE);
  }

  private XmlNode child(int depth, List<XmlNode> before) {
    boolean afterText = !before.isEmpty() && before.get(before.size() - 1) instanceof XmlText;
    return switch (random.nextInt(5)) {
      case 0 -> new XmlComment(" c" + random.nextInt(9) + " ");
      case 1 -> new XmlInstruction("pi", "d" + random.nextInt(9));
      case 2 -> afterText ? new XmlComment("") : new XmlText(text());
      default -> depth == 0 ? new XmlComment("leaf") : element(depth - 1);
    };
  }

  private Map<String, String> attributes() {
    Map<String, String> attributes = new LinkedHashMap<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      attributes.put(pick(NAMES), random.nextBoolean() ? text() : "");
    }
    return attributes;
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(5); i >= 0; i--) {
      text.append(pick(TEXTS));
    }
    return text.toString();
  }

  private String pick(List<String> from) {
    return from.get(random.nextInt(from.size()));
  }
}
