package org.vfioap.qemu.vfio;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.vfioap.qemu.cpu.Accelerator;
import org.vfioap.qemu.host.Errno;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonReader;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonSyntaxException;
import org.vfioap.qemu.json.JsonValue;

/**
 * A host described in JSON: {@code mdevs} with a {@code path} and the text of their link {@code
 * iommu_group}, {@code groups} that exist, and {@code faults} as {@code STEP[:ERRNO]}. It has the
 * AP features under TCG; {@code kvm} names the host's CPU definition if it has KVM.
 */
public final class DescribedHost implements VfioHost {
  private static final Set<String> AP = Set.of("ap", "apqci", "apft", "apqi");
  private static final String OPEN_GROUP = "open_group";
  private static final List<String> FAULTS =
      Stream.concat(Stream.of(OPEN_GROUP), Stream.of(VfioStep.values()).map(VfioStep::faultName))
          .toList();

  private final Map<String, String> links = new HashMap<>();
  private final Set<String> names = new HashSet<>();
  private final Set<Integer> groups = new HashSet<>();
  private final Map<String, Integer> faults = new HashMap<>();
  private final Set<Integer> open = new HashSet<>();
  private final Optional<String> hostModel;

  private DescribedHost(JsonObject description) {
    for (JsonValue each : items(description, "mdevs")) {
      JsonObject mdev = as(JsonObject.class, each, "object with path and iommu_group");
      String path = mdev.text("path").orElse("");
      mdev.text("iommu_group").ifPresent(link -> addDevice(path, link));
    }
    items(description, "groups").forEach(each -> groups.add(number(each.toString(), "a group")));
    items(description, "faults")
        .forEach(each -> addFault(as(JsonString.class, each, "string STEP[:ERRNO]").text()));
    hostModel = description.text("kvm");
  }

  /**
   * Returns the host that {@code json} describes.
   *
   * @throws IllegalArgumentException if it is not such JSON; the message says what is wrong with
   *     which value, and what is allowed
   */
  public static DescribedHost parse(String json) {
    try {
      return new DescribedHost(as(JsonObject.class, JsonReader.parse(json), "object"));
    } catch (JsonSyntaxException broken) {
      throw new IllegalArgumentException("'" + json + "' is not JSON", broken);
    }
  }

  private static Iterable<JsonValue> items(JsonObject description, String name) {
    return description
        .get(name)
        .map(list -> as(JsonArray.class, list, "list, as " + name + " must be").items())
        .orElse(List.of());
  }

  private static <T> T as(Class<T> type, JsonValue value, String what) {
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(value + " is no " + what);
    }
    return type.cast(value);
  }

  private static int number(String text, String what) {
    if (!text.matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException(
          "'" + text + "' is no number for " + what + "; allowed: up to nine digits");
    }
    return Integer.parseInt(text);
  }

  private void addDevice(String path, String link) {
    links.put(path, link);
    names.add(
        link.substring(link.lastIndexOf('/') + 1)
            + "="
            + path.substring(path.lastIndexOf('/') + 1));
  }

  private void addFault(String fault) {
    String[] parts = fault.split(":", 2);
    if (!FAULTS.contains(parts[0])) {
      throw new IllegalArgumentException(
          "'" + parts[0] + "' cannot fail; allowed: " + String.join(", ", FAULTS));
    }
    faults.put(parts[0], parts.length > 1 ? number(parts[1], "an error") : Errno.EIO.number());
  }

  @Override
  public String iommuGroupLink(String sysfsdev) throws HostRefusal {
    String plain = sysfsdev.replaceAll("(?<=.)/+$", "");
    String link = links.get(plain);
    return link != null ? link : MountedHost.readLink(sysfsdev);
  }

  @Override
  public VfioGroup openGroup(int group) throws HostRefusal {
    refuse(OPEN_GROUP);
    if (!groups.contains(group)) {
      throw HostRefusal.errno(Errno.ENOENT.number());
    }
    if (!open.add(group)) {
      throw HostRefusal.errno(Errno.EBUSY.number());
    }
    return new OpenGroup(group);
  }

  private void refuse(String point) throws HostRefusal {
    Integer errno = faults.get(point);
    if (errno != null) {
      throw HostRefusal.errno(errno);
    }
  }

  @Override
  public Accelerator tcg() {
    return Accelerator.tcg(AP);
  }

  @Override
  public Optional<Accelerator> kvm() {
    return hostModel.map(model -> Accelerator.kvm(model, AP));
  }

  private final class OpenGroup implements VfioGroup {
    private final int number;

    OpenGroup(int number) {
      this.number = number;
    }

    @Override
    public void perform(VfioStep step, String device) throws HostRefusal {
      refuse(step.faultName());
      if (step == VfioStep.GET_DEVICE && !names.contains(number + "=" + device)) {
        throw HostRefusal.errno(Errno.ENODEV.number());
      }
    }

    @Override
    public void close() {
      open.remove(number);
    }
  }
}
