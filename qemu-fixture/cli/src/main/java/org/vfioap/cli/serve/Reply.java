package org.vfioap.cli.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.kernel.LogLine;
import org.vfioap.qemu.process.EndedEarly;
import org.vfioap.qemu.qapi.QemuError;

/** What is answered: {@code ok} or {@code error}, with the {@code id} of the request. */
final class Reply {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Reply() {}

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  /** Returns what a text says that is known to be JSON. */
  static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(json, e);
    }
  }

  static ObjectNode ok(JsonNode id, JsonNode result) {
    ObjectNode reply = object();
    reply.set("id", id);
    return reply.set("ok", result);
  }

  static ObjectNode error(JsonNode id, ObjectNode error) {
    ObjectNode reply = object();
    reply.set("id", id);
    return reply.set("error", error);
  }

  /** The request itself is wrong. */
  static ObjectNode wrong(String text) {
    return object().put("kind", "request").put("text", text);
  }

  /** The emulated kernel refused, and what it logged meanwhile. */
  static ObjectNode refused(KernelRefusal refusal, List<LogLine> log) {
    ObjectNode error =
        object()
            .put("kind", "refused")
            .put("errno", refusal.errno().name())
            .put("number", refusal.errno().number())
            .put("text", refusal.getMessage());
    log.forEach(line -> error.withArray("log").add(line.text()));
    return error;
  }

  /** QEMU answered with an error. */
  static ObjectNode qemu(QemuError refusal) {
    return object()
        .put("kind", "qemu")
        .put("class", refusal.errorClass().toString())
        .put("text", refusal.text());
  }

  /** QEMU printed something and ended. */
  static ObjectNode ended(EndedEarly end) {
    return object()
        .put("kind", "qemu")
        .put("status", end.status())
        .put("text", (end.out() + end.err()).strip());
  }
}
