package org.vfioap.machine;

import java.util.Optional;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.parser.Parser;

/**
 * A parser that refuses what machine files have no use for and hostile files are made of: deep
 * nesting, anchors, aliases, tags.
 *
 * <p>It stands before the composer, which recurses into what is nested and shares what has an
 * alias.
 */
final class LimitedParser implements Parser {
  private static final int MAX_DEPTH = 16;

  private final Parser parser;
  private final String file;
  private int depth;

  LimitedParser(Parser parser, String file) {
    this.parser = parser;
    this.file = file;
  }

  @Override
  public boolean checkEvent(Event.ID choice) {
    return parser.checkEvent(choice);
  }

  @Override
  public Event peekEvent() {
    return parser.peekEvent();
  }

  @Override
  public boolean hasNext() {
    return parser.hasNext();
  }

  @Override
  public Event next() {
    Event event = parser.next();
    if (event instanceof CollectionStartEvent start) {
      enter(start);
      refuseTag(start, start.getTag());
    } else if (event instanceof CollectionEndEvent) {
      depth--;
    } else if (event instanceof ScalarEvent scalar) {
      refuseTag(scalar, scalar.getTag());
    }
    if (event instanceof NodeEvent node) {
      refuseSharing(node);
    }
    return event;
  }

  private void enter(CollectionStartEvent event) {
    depth++;
    if (depth > MAX_DEPTH) {
      throw error(event, "nested too deeply", "at most " + MAX_DEPTH + " levels");
    }
  }

  private void refuseTag(Event event, Optional<String> tag) {
    if (tag.isPresent()) {
      throw error(event, "tag " + Quoted.of(tag.get()), "values without tags");
    }
  }

  private void refuseSharing(NodeEvent event) {
    Optional<Anchor> anchor = event.getAnchor();
    if (anchor.isPresent()) {
      String name = anchor.get().getValue();
      throw error(
          event,
          event instanceof AliasEvent
              ? "alias " + Quoted.of("*" + name)
              : "anchor " + Quoted.of("&" + name),
          "values without anchors and aliases");
    }
  }

  private MachineFileException error(Event event, String problem, String allowed) {
    return event
        .getStartMark()
        .map(mark -> Position.of(file, mark))
        .orElse(Position.whole(file))
        .error(problem, allowed);
  }
}
