package org.vfioap.scenario;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.vfioap.kernel.LogLine;
import org.vfioap.sysfs.OpenFile.Shown;

/** Long outputs and logs as scenario files tell them: a head, a length and a checksum. */
final class Shortened {
  private static final int MAX_OUT = 512;
  private static final int OUT_HEAD = 64;
  private static final int MAX_LOG = 24;
  private static final int LOG_HEAD = 8;

  private Shortened() {}

  static void putOut(ObjectNode result, Shown shown) {
    result.put("ret", shown.bytes().length);
    if (shown.produced() >= org.vfioap.sysfs.OpenFile.PAGE) {
      result.put("show_count", shown.produced());
    }
    String text = shown.text();
    if (shown.bytes().length <= MAX_OUT) {
      result.put("out", text);
    } else {
      result.put("out_len", shown.bytes().length);
      result.put("out_sha256", sha256(shown.bytes()));
      result.put("out_head", text.substring(0, OUT_HEAD));
    }
  }

  static void putLog(ObjectNode result, List<LogLine> lines) {
    if (lines.isEmpty()) {
      return;
    }
    boolean many = lines.size() > MAX_LOG;
    ArrayNode log = result.putArray("log");
    for (LogLine line : many ? lines.subList(0, LOG_HEAD) : lines) {
      log.addObject().put("level", line.level().label()).put("text", line.text());
    }
    if (many) {
      StringBuilder all = new StringBuilder();
      lines.forEach(
          line -> all.append(line.level().label()).append(' ').append(line.text()).append('\n'));
      result.put("log_count", lines.size());
      result.put("log_sha256", sha256(all.toString().getBytes(StandardCharsets.UTF_8)));
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
