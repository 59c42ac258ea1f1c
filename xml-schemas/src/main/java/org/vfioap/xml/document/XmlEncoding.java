package org.vfioap.xml.document;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vfioap.xml.verdict.LibvirtError;
import org.vfioap.xml.verdict.LibvirtRefusal;
import org.vfioap.xml.verdict.Position;

/** One encoding, so that nobody sees another text than the one that was checked. */
final class XmlEncoding {
  private static final Pattern DECLARED =
      Pattern.compile("^<\\?xml\\s[^>]*?encoding\\s*=\\s*[\"']([^\"']*)[\"']");
  private static final Set<String> ALLOWED = Set.of("utf-8", "utf8", "us-ascii", "ascii");

  private XmlEncoding() {}

  static String decode(byte[] bytes, String file) {
    checkSize(bytes.length, file);
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return check(text.startsWith("\uFEFF") ? text.substring(1) : text, file);
    } catch (CharacterCodingException e) {
      throw refusal(file, "the document is not UTF-8");
    }
  }

  private static void checkSize(int size, String file) {
    if (size > XmlDocument.MAXIMUM_SIZE) {
      throw refusal(file, "the document is larger than 4 MiB, libvirt's limit");
    }
  }

  static String check(String text, String file) {
    checkSize(text.length(), file);
    Matcher declared = DECLARED.matcher(text);
    if (declared.find() && !ALLOWED.contains(declared.group(1).toLowerCase(Locale.ROOT))) {
      throw refusal(file, "the encoding '" + declared.group(1) + "' is not supported, only UTF-8");
    }
    return text;
  }

  private static LibvirtRefusal refusal(String file, String text) {
    return LibvirtRefusal.at(new Position(file, 1, 1), LibvirtError.XML_DETAIL, text);
  }
}
