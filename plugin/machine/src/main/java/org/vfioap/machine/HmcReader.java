package org.vfioap.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.vfioap.ap.AdapterMode;
import org.vfioap.ap.ApMask;

/**
 * Reads the crypto configuration of a partition from a definition of zhmcclient's mocked HMC, DPM
 * mode: {@code hmc_definition} with {@code cpcs}, or {@code adapters} and {@code partitions} alone.
 *
 * <p>Source: zhmcclient 1.23, zhmcclient/mock; HMC WS API, "Partition object",
 * crypto-configuration.
 */
final class HmcReader {
  private static final String DEFINITION = "hmc_definition";
  private static final String CPCS = "cpcs";
  private static final String PARTITIONS = "partitions";
  private static final String CONFIGURATION = "crypto-configuration";
  private static final NumberRange DOMAINS = new NumberRange("domain-index", ApMask.LAST, "");
  private static final NumberRange ADAPTERS = new NumberRange("crypto-number", ApMask.LAST, "");

  private final HmcNode cpc;
  private final HmcNode partition;
  private final Map<String, String> adapters = new TreeMap<>();
  private ApMask numbers = ApMask.NONE;

  private HmcReader(HmcNode cpc, HmcNode partition) {
    this.cpc = cpc;
    this.partition = partition;
  }

  /** Tells whether a file is such a definition. */
  static boolean isDefinition(YamlValue root) {
    HmcNode node = new HmcNode(root);
    return node.has(DEFINITION) || node.has(CPCS) || node.has(PARTITIONS);
  }

  /**
   * Reads a partition as a machine file.
   *
   * @param wanted its name or object-id, or empty for the only one with a crypto configuration
   */
  static String read(YamlValue root, String wanted) {
    HmcNode hmc = new HmcNode(root).get(DEFINITION).orElse(new HmcNode(root));
    List<HmcNode> cpcs = hmc.has(CPCS) ? hmc.list(CPCS) : List.of(hmc);
    List<HmcReader> partitions = new ArrayList<>();
    cpcs.forEach(
        cpc ->
            cpc.list(PARTITIONS).forEach(p -> partitions.add(new HmcReader(cpc, p.properties()))));
    return choose(partitions, wanted, root.position()).machine();
  }

  private static HmcReader choose(List<HmcReader> all, String wanted, Position where) {
    List<HmcReader> found =
        all.stream()
            .filter(p -> wanted.isEmpty() ? p.hasCrypto() : p.partition.isCalled(wanted))
            .toList();
    if (found.size() == 1) {
      return found.get(0);
    }
    String problem =
        wanted.isEmpty()
            ? found.size() + " partitions have a crypto-configuration"
            : found.size() + " partitions are called " + Quoted.of(wanted);
    throw where.error(problem, "one; name it behind the file, as FILE#NAME: " + names(all));
  }

  private static String names(List<HmcReader> partitions) {
    return partitions.isEmpty()
        ? "but there is none"
        : String.join(", ", partitions.stream().map(p -> p.partition.name()).toList());
  }

  private boolean hasCrypto() {
    return partition.get(CONFIGURATION).isPresent();
  }

  private String machine() {
    Optional<HmcNode> crypto = partition.get(CONFIGURATION);
    crypto.map(c -> c.list("crypto-adapter-uris")).orElse(List.of()).forEach(this::addAdapter);
    ApMask usage = ApMask.NONE;
    ApMask control = ApMask.NONE;
    for (HmcNode domain :
        crypto.map(c -> c.list("crypto-domain-configurations")).orElse(List.of())) {
      ApMask index = ApMask.of(DOMAINS.number(domain.require("domain-index")));
      control = control.or(index);
      usage = isUsage(domain) ? usage.or(index) : usage;
    }
    return String.format(
        "# Partition %s of an HMC%nprofile: linux-6.12%nfacilities: {qact: true}%nadapters:%s%n"
            + "domains: [%s]%ncontrol-domains: [%s]%n",
        Quoted.visible(partition.name()),
        adapters.isEmpty() ? " {}" : String.join("", adapters.values()),
        usage.ranges(),
        control.ranges());
  }

  private static boolean isUsage(HmcNode domain) {
    YamlValue mode = domain.require("access-mode");
    return switch (mode.text("access-mode", "control, control-usage")) {
      case "control-usage" -> true;
      case "control" -> false;
      default ->
          throw mode.position()
              .error(
                  "unknown access-mode " + Quoted.of(mode.text("access-mode", "")),
                  "control, control-usage");
    };
  }

  private void addAdapter(HmcNode uri) {
    String wanted = uri.value().text("crypto-adapter-uris", "URIs of adapters");
    HmcNode adapter =
        cpc.list("adapters").stream()
            .map(HmcNode::properties)
            .filter(a -> a.uri("adapters").equals(Optional.of(wanted)))
            .findFirst()
            .orElseThrow(
                () ->
                    uri.value()
                        .position()
                        .error(
                            "adapter " + Quoted.of(wanted) + " is not in the file",
                            "the object-uri of an adapter"));
    int number = number(adapter);
    numbers = numbers.or(ApMask.of(number));
    adapters.put(String.format("%03d", number), "\n  " + number + ": " + describe(adapter));
  }

  /** Without a crypto-number an adapter gets the lowest that is free. */
  private int number(HmcNode adapter) {
    return adapter
        .get("crypto-number")
        .map(node -> ADAPTERS.number(node.value()))
        .orElseGet(() -> ApMask.ALL.minus(numbers).next(0));
  }

  private static String describe(HmcNode adapter) {
    String type = adapter.text("crypto-type").orElse("cca-coprocessor");
    AdapterMode mode =
        switch (type) {
          case "accelerator" -> AdapterMode.ACCELERATOR;
          case "ep11-coprocessor" -> AdapterMode.EP11;
          default -> AdapterMode.CCA;
        };
    String state = adapter.text("state").orElse("online");
    return String.format(
        "{type: %s, mode: %s, configured: %b}",
        card(adapter.text("detected-card-type").orElse("")), mode.label(), state.equals("online"));
  }

  /** Of {@code crypto-express-7s} the digit counts; a newer one is a CEX8 for Linux. */
  private static String card(String detected) {
    return detected.matches("crypto-express-[4-7][a-z]*")
        ? "CEX" + detected.charAt("crypto-express-".length())
        : "CEX8";
  }
}
