package org.vfioap.qemu.migration;

import java.util.OptionalLong;
import java.util.Set;
import org.vfioap.qemu.json.JsonBool;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonValue;
import org.vfioap.qemu.qapi.CommandSchema;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qapi.Refusals;
import org.vfioap.qemu.scalar.Numbers;
import org.vfioap.qemu.scalar.Switches;

/** A parameter as people write it. Source: monitor/hmp-cmds.c of QEMU 7.2. */
final class HumanParameter {
  private static final long MEBIBYTE = 1L << 20;
  private static final Set<String> SIZES =
      Set.of("max-bandwidth", "max-postcopy-bandwidth", "xbzrle-cache-size", "downtime-limit");
  private static final Set<String> TEXTS = Set.of("tls-creds", "tls-hostname", "tls-authz");
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
      return bool(name, text);
    }
    if (SIZES.contains(name) || name.startsWith("announce-")) {
      return size(name, text);
    }
    switch (name) {
      case "multifd-compression" -> {
        return compression(name, text);
      }
      case "block-bitmap-mapping" ->
          throw QemuError.generic("The block-bitmap-mapping parameter can only be set through QMP");
      default -> {
        return integer(name, text, name.equals("x-checkpoint-delay") ? 32 : 8);
      }
    }
  }

  private static JsonBool bool(String name, String text) throws QemuError {
    if (!Switches.isSwitch(text)) {
      throw Refusals.expects(name, "'on' or 'off'");
    }
    return JsonBool.of(Switches.isOn(text));
  }

  private static JsonString compression(String name, String text) throws QemuError {
    if (!CommandSchema.recorded().words("none zlib").contains(text)) {
      throw Refusals.enumeration(name, text);
    }
    return JsonString.of(text);
  }

  private static JsonNumber size(String name, String text) throws QemuError {
    boolean rate = name.equals("max-bandwidth");
    OptionalLong bytes = Numbers.size(text, name.endsWith("bandwidth") ? MEBIBYTE : 1);
    if (bytes.isEmpty() || (rate && bytes.getAsLong() == Long.MAX_VALUE)) {
      throw rate
          ? QemuError.generic("Invalid size " + text)
          : Refusals.expects(name, "a non-negative number below 2^64").withHint(SIZE_HINT);
    }
    return JsonNumber.of(bytes.getAsLong());
  }

  private static JsonNumber integer(String name, String text, int bits) throws QemuError {
    OptionalLong value = Numbers.integer(text);
    if (value.isEmpty()) {
      throw Refusals.expects(name, "uint64");
    }
    if (value.getAsLong() >>> bits != 0) {
      throw Refusals.expects(name, "uint" + bits + "_t");
    }
    return JsonNumber.of(value.getAsLong());
  }
}
