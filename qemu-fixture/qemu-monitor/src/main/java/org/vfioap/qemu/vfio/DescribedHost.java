package org.vfioap.qemu.vfio;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.vfioap.qemu.cpu.Accelerator;
import org.vfioap.qemu.host.Errno;
import org.vfioap.qemu.json.JsonArray;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.json.JsonReader;
import org.vfioap.qemu.json.JsonString;
import org.vfioap.qemu.json.JsonSyntaxException;
import org.vfioap.qemu.json.JsonValue;

/**
 * A host described in JSON: {@code mdevs} with a {@code path}, the text of their link {@code
 * iommu_group} and the name {@code cdev} of their node below /dev/vfio/devices, {@code groups} that
 * exist, and {@code faults} as {@code STEP[:ERRNO]}. {@code irqs} are the interrupts that its
 * kernel offers for an mdev (0), {@code control} is a named pipe whose lines {@code req NAME} make
 * the kernel ask for an mdev. It has the AP features under TCG; {@code kvm} names the host's CPU
 * definition if it has KVM.
 */
public final class DescribedHost implements VfioHost {
  private static final Set<String> AP = Set.of("ap", "apqci", "apft", "apqi");
  private static final String OPEN_GROUP = "open_group";

  /** In the place of a group's number where a device is opened without its group. */
  private static final int NO_GROUP = -1;

  private static final String OPEN_NODE = "open_cdev";
  private static final List<String> FAULTS = faultNames();

  private final Map<String, String> links = new HashMap<>();
  private final Set<String> names = new HashSet<>();
  private final Set<String> paths = new HashSet<>();
  private final Set<Integer> groups = new HashSet<>();
  private final Map<String, Integer> faults = new HashMap<>();
  private final Set<Integer> open = new HashSet<>();
  private final Optional<String> hostModel;
  private final Map<String, String> nodes = new HashMap<>();
  private final Map<String, Runnable> requests = new ConcurrentHashMap<>();
  private final int interrupts;

  private DescribedHost(JsonObject description) {
    for (JsonValue each : items(description, "mdevs")) {
      JsonObject mdev = as(JsonObject.class, each, "object with path and iommu_group");
      String path = mdev.text("path").orElse("");
      paths.add(path);
      mdev.text("iommu_group").ifPresent(link -> addDevice(path, link));
      mdev.text("cdev").ifPresent(node -> nodes.put(node, nameOf(path)));
    }
    items(description, "groups").forEach(each -> groups.add(number(each.toString(), "a group")));
    items(description, "faults")
        .forEach(each -> addFault(as(JsonString.class, each, "string STEP[:ERRNO]").text()));
    hostModel = description.text("kvm");
    interrupts = description.get("irqs").map(count -> number(count.toString(), "irqs")).orElse(0);
    description.text("control").ifPresent(pipe -> new HostSignals(pipe, this::signal).start());
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

  private static List<String> faultNames() {
    List<String> names = new ArrayList<>(List.of(OPEN_GROUP, OPEN_NODE));
    for (VfioStep step : VfioStep.values()) {
      names.add(step.faultName());
    }
    for (InterruptStep step : InterruptStep.values()) {
      names.addAll(List.of(step.faultName(), step.faultName() + "0", step.faultName() + "1"));
    }
    return List.copyOf(names);
  }

  private static String nameOf(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private void signal(String line) {
    if (line.startsWith("req ")) {
      requests.getOrDefault(line.substring("req ".length()), () -> {}).run();
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
    names.add(link.substring(link.lastIndexOf('/') + 1) + "=" + nameOf(path));
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
  public void look(String path) throws HostRefusal {
    if (!paths.contains(plain(path))) {
      MountedHost.stat(path);
    }
  }

  private static String plain(String path) {
    return path.replaceAll("(?<=.)/+$", "");
  }

  @Override
  public String iommuGroupLink(String sysfsdev) throws HostRefusal {
    String link = links.get(plain(sysfsdev));
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

  @Override
  public boolean hasIommu() {
    return !nodes.isEmpty();
  }

  @Override
  public VfioGroup openNode(String node) throws HostRefusal {
    refuse(OPEN_NODE);
    if (!nodes.containsKey(node)) {
      throw HostRefusal.errno(Errno.ENOENT.number());
    }
    return new OpenGroup(NO_GROUP);
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
    private String device = "";

    OpenGroup(int number) {
      this.number = number;
    }

    @Override
    public int interrupts() {
      return interrupts;
    }

    @Override
    public void interrupt(InterruptStep step, int index) throws HostRefusal {
      refuse(step.faultName());
      refuse(step.faultName() + index);
    }

    @Override
    public void onRequest(Runnable listener) {
      requests.put(device, listener);
    }

    @Override
    public void perform(VfioStep step, String name) throws HostRefusal {
      device = name;
      refuse(step.faultName());
      if (step == VfioStep.GET_DEVICE && !names.contains(number + "=" + name)) {
        throw HostRefusal.errno(Errno.ENODEV.number());
      }
    }

    @Override
    public void close() {
      open.remove(number);
      requests.remove(device);
    }
  }
}
