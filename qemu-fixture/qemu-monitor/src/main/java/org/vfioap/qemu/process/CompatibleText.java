package org.vfioap.qemu.process;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vfioap.qemu.options.OptionLists;
import org.vfioap.qemu.options.OptionString;
import org.vfioap.qemu.qapi.QemuError;

/**
 * The short forms of character devices, as {@code -monitor} and {@code -serial} take them. Source:
 * chardev/char.c (qemu_chr_parse_compat) of QEMU 7.2.
 */
final class CompatibleText {
  private static final Set<String> PLAIN =
      Set.of("null", "pty", "msmouse", "wctablet", "braille", "testdev", "stdio");
  private static final String SIZE = ":([0-9]{1,7}x[0-9]{1,7}|[0-9]{1,7}Cx[0-9]{1,7}C?).*";
  private static final String ADDRESS = "([^:]{0,64}):([^,]{1,32})(,.*)?";
  private static final String DATAGRAMS =
      "([^:]{0,64}):([^@,]{1,32})(@([^:]{0,64}):([^,]{1,32}))?.*";

  private final String text;

  private CompatibleText(String text) {
    this.text = text;
  }

  /**
   * Reads a short form.
   *
   * @throws QemuError if it is none, without a text if QEMU does not say what is wrong
   */
  static OptionString parse(String text) throws QemuError {
    String plain = text.startsWith("mon:") ? text.substring("mon:".length()) : text;
    return new CompatibleText(plain).parse();
  }

  private OptionString parse() throws QemuError {
    if (PLAIN.contains(text)) {
      return of(text);
    }
    if (text.startsWith("vc")) {
      boolean fits = text.length() == 2 || text.charAt(2) != ':' || text.substring(2).matches(SIZE);
      return check(fits, "vc");
    }
    if (text.equals("con:")) {
      return of("console");
    }
    int colon = text.indexOf(':');
    String rest = text.substring(colon + 1);
    return switch (colon < 0 ? "" : text.substring(0, colon)) {
      case "file" -> of("file,path=" + escaped(rest));
      case "pipe" -> of("pipe,path=" + escaped(rest));
      case "tcp" -> socket(rest, "");
      case "telnet", "tn3270", "websocket" -> socket(rest, "," + text.substring(0, colon) + "=on");
      case "udp" -> datagrams(rest);
      case "unix" -> checked(unix(rest));
      default -> device();
    };
  }

  private OptionString device() throws QemuError {
    if (text.startsWith("/dev/parport") || text.startsWith("/dev/ppi")) {
      return of("parallel,path=" + escaped(text));
    }
    if (text.startsWith("/dev/") || text.startsWith("COM")) {
      return of("serial,path=" + escaped(text));
    }
    throw QemuError.generic("'" + text + "' is not a valid char driver");
  }

  private static String escaped(String path) {
    return path.replace(",", ",,");
  }

  /** The first value needs no key, which is that of the path. */
  private static OptionString unix(String options) {
    String first = options.split(",", 2)[0];
    boolean plain = !first.isEmpty() && !first.contains("=");
    return of("socket" + (options.isEmpty() ? "" : plain ? ",path=" : ",") + options);
  }

  private static OptionString of(String options) {
    return OptionString.parse(options, "backend");
  }

  private static OptionString check(boolean fits, String options) throws QemuError {
    if (!fits) {
      throw QemuError.generic("");
    }
    return of(options);
  }

  private static OptionString checked(OptionString options) throws QemuError {
    OptionLists.get("chardev").check(options, new HashSet<>());
    return options;
  }

  private static OptionString socket(String address, String more) throws QemuError {
    Matcher parts = Pattern.compile(ADDRESS).matcher(address);
    check(parts.matches(), "");
    String rest = parts.group(3) == null ? "" : parts.group(3);
    return checked(of("socket,host=" + parts.group(1) + ",port=" + parts.group(2) + rest + more));
  }

  private static OptionString datagrams(String address) throws QemuError {
    Matcher parts = Pattern.compile(DATAGRAMS).matcher(address);
    check(parts.matches(), "");
    String host = parts.group(1).isEmpty() ? "" : ",host=" + parts.group(1);
    String local = parts.group(5) == null ? "" : ",localport=" + parts.group(5);
    return of("udp" + host + ",port=" + parts.group(2) + local);
  }
}
