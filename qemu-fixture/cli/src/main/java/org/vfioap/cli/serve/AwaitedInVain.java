package org.vfioap.cli.serve;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What was awaited did not happen in time. */
final class AwaitedInVain extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String picture;

  AwaitedInVain(String text, String picture) {
    super(text);
    this.picture = picture;
  }

  ObjectNode toJson() {
    return Reply.object()
        .put("kind", "timeout")
        .put("timeout", true)
        .put("text", getMessage())
        .put("picture", picture);
  }
}
