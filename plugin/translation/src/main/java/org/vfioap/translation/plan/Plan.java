package org.vfioap.translation.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.vfioap.translation.device.DeviceArguments;
import org.vfioap.translation.nodedev.MdevConfiguration;
import org.vfioap.xml.document.XmlDocument;
import org.vfioap.xml.domain.Domain;
import org.vfioap.xml.hostdev.Hostdev;
import org.vfioap.xml.nodedev.NodeDevice;
import org.vfioap.xml.verdict.LibvirtError;
import org.vfioap.xml.verdict.LibvirtRefusal;

/**
 * What a document comes to: writes to /sys, mdevctl, QMP, HMP, {@code -device} and {@code -cpu}.
 *
 * @param kind {@code hostdev}, {@code mdev}, {@code cpu} or {@code domain}
 * @param subject what it is about: a UUID or a name
 * @param sections its forms
 */
public record Plan(String kind, String subject, List<Section> sections) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Copies the list. */
  public Plan {
    sections = List.copyOf(sections);
  }

  /**
   * Returns the plan for a document.
   *
   * @param newUuid gives the UUID of an mdev that has none, as libvirt would choose one
   * @param host what it is held against
   * @throws LibvirtRefusal if libvirt would refuse the document, or it is of another kind
   */
  public static Plan of(XmlDocument document, Supplier<UUID> newUuid, PlanHost host) {
    return switch (document.root().localName()) {
      case "hostdev" -> HostdevPlan.of(Hostdev.parse(document), host);
      case "domain" -> DomainPlan.of(Domain.parse(document), host);
      case "device" ->
          MdevPlan.of(withUuid(MdevConfiguration.of(NodeDevice.parse(document)), newUuid), host);
      default ->
          throw document
              .root()
              .refusal(
                  LibvirtError.CONFIG_UNSUPPORTED,
                  "unknown device type '" + document.root().localName() + "'")
              .withHint("a <hostdev>, <device> or <domain> is expected");
    };
  }

  /**
   * Returns the plan for a text in any of the forms: XML, mdevctl's JSON of one device, a device as
   * {@code -device}, QMP or HMP have it, or {@code -cpu} with what follows.
   *
   * @param file what errors call it
   * @throws LibvirtRefusal as {@link #of}, or if the text is in no form
   */
  public static Plan ofText(String text, String file, Supplier<UUID> newUuid, PlanHost host) {
    String content = text.strip();
    if (content.startsWith("<") || content.isEmpty()) {
      return of(XmlDocument.parse(text, file), newUuid, host);
    }
    if (content.startsWith("-cpu ")) {
      return CpuPlan.of(content.substring("-cpu ".length()).strip(), host);
    }
    return content.contains("\"mdev_type\"")
        ? MdevPlan.of(withUuid(onlyMdev(content), newUuid), host)
        : HostdevPlan.of(DeviceArguments.parse(content).toHostdev(), host);
  }

  private static MdevConfiguration onlyMdev(String json) {
    List<MdevConfiguration> found = read(json);
    if (found.size() != 1) {
      throw LibvirtRefusal.of(
          LibvirtError.CONFIG_UNSUPPORTED, found.size() + " devices in the JSON, one is expected");
    }
    return found.get(0);
  }

  private static List<MdevConfiguration> read(String json) {
    try {
      return MdevConfiguration.fromJson(json);
    } catch (IllegalArgumentException e) {
      throw LibvirtRefusal.of(LibvirtError.CONFIG_UNSUPPORTED, String.valueOf(e.getMessage()));
    }
  }

  private static MdevConfiguration withUuid(MdevConfiguration mdev, Supplier<UUID> newUuid) {
    return mdev.uuid().isPresent() ? mdev : mdev.withUuid(newUuid.get());
  }

  /** Returns the plan as lines for people. */
  public String toText() {
    StringBuilder text = new StringBuilder(256);
    text.append(kind).append(' ').append(subject).append('\n');
    for (Section section : sections) {
      text.append('\n').append(section.title()).append('\n');
      section.lines().forEach(line -> text.append("  ").append(line).append('\n'));
    }
    return text.toString();
  }

  /** Returns the plan as JSON: kind, subject, and for each form its lines. */
  public String toJson() {
    ObjectNode json = JSON.createObjectNode();
    json.put("kind", kind).put("subject", subject);
    for (Section section : sections) {
      ArrayNode lines = json.withArray("/" + section.form());
      section.lines().forEach(lines::add);
    }
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("strings are always JSON", e);
    }
  }
}
