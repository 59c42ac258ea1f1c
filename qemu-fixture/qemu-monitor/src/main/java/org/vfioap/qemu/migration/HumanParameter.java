package org.vfioap.qemu.migration;

import java.util.Set;
import org.vfioap.qemu.json.JsonBool;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.options.Numbers;
import org.vfioap.qemu.qapi.CommandSchema;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qapi.Refusals;

/** A parameter as people write it. Source: monitor/hmp-cmds.c of QEMU 7.2. */
final class HumanParameter {
  private static final long MEBIBYTE = 1L << 20;
  private static final Set<String> SIZES =
      Set.of("max-bandwidth", "max-postcopy-bandwidth", "xbzrle-cache-size", "downtime-limit");
  private static final Set<String> TEXTS =
      Set.of("tls-creds", "tls-hostname", "tls-authz", "multifd-compression");
  private static final Set<String> SWITCHES =
      Set.of("compress-wait-thread", "cpu-throttle-tailslow", "block-incremental");
  private static final String SIZE_HINT =
      """
      Optional suffix k, M, G, T, P or E means kilo-, mega-, giga-, tera-, peta-
      and exabytes, respectively.
      """;

  private HumanParameter() {}

  static JsonObject read(String name, String text) throws QemuError {
    if (!CommandSchema.recorded().arguments("migrate-set-parameters").contains(name)) {
      throw QemuError.generic("invalid parameter value: " + name);
    }
    return JsonObject.empty().with(name, value(name, text));
  }

  private static JsonValue value(String name, String text) throws QemuError {
    if (TEXTS.contains(name)) {
      return JsonString.of(text);
    }
    if (SWITCHES.contains(name)) {
      return JsonBool.of(text.equals("on"));
    }
    if (SIZES.contains(name)) {
      long unit = name.endsWith("bandwidth") ? MEBIBYTE : 1;
      return JsonNumber.of(
          Numbers.size(text, unit)
              .orElseThrow(
                  () ->
                      Refusals.expects(name, "a non-negative number below 2^64")
                          .withHint(SIZE_HINT)));
    }
    return JsonNumber.of(
        Numbers.integer(text).orElseThrow(() -> Refusals.expects(name, "a number")));
  }
}
