package org.vfioap.qemu.persona;

/**
 * What differs between the emulated versions of QEMU and no recording holds. Code that applies a
 * rule asks it for its value and knows no version.
 */
public final class QemuRules {
  private QemuRules() {}

  /** Member {@code singlestep} of query-status. */
  public static final QemuRule<Boolean> SINGLESTEP =
      QemuRule.dropped("`singlestep` in query-status", "qapi/run-state.json", QemuVersion.V10_0);

  /** Member {@code deprecated-props} of an expanded CPU model. */
  public static final QemuRule<Boolean> DEPRECATED_PROPS =
      QemuRule.added(
          "`deprecated-props` of an expanded CPU model",
          "target/s390x/cpu_models_system.c",
          QemuVersion.V10_0);

  /** Whether that list is left out if it is empty. */
  public static final QemuRule<Boolean> NO_EMPTY_PROPS =
      QemuRule.added(
          "no `deprecated-props` if there are none",
          "target/s390x/cpu_models_system.c",
          QemuVersion.V11_1);

  /** How texts call what a guest can have here. */
  public static final QemuRule<String> CONFIGURATION =
      QemuRule.row("CPU models and features that cannot be had", "target/s390x/cpu_models.c", "the")
          .since(QemuVersion.V10_0, "the current");

  /** Hints below these texts. */
  public static final QemuRule<Boolean> ACCELERATOR_HINTS =
      QemuRule.added(
          "hint `Consider a different accelerator` below it",
          "target/s390x/cpu_models.c",
          QemuVersion.V10_0);

  /** Whether refusals name a CPU model's properties with what they are in. */
  public static final QemuRule<Boolean> MODEL_PATHS =
      QemuRule.added(
          "refused CPU properties by path, `model.props.ap`",
          "target/s390x/cpu_models_system.c",
          QemuVersion.V10_0);

  /** Sockets, books and drawers of CPUs. */
  public static final QemuRule<Boolean> CPU_TOPOLOGY =
      QemuRule.added(
          "`socket-id`, `book-id` and `drawer-id` of CPUs",
          "hw/s390x/s390-virtio-ccw.c",
          QemuVersion.V10_0);

  /** The CPU's type in query-cpus-fast and info cpus. */
  public static final QemuRule<Boolean> CPU_TYPES =
      QemuRule.added(
          "the type of each CPU in query-cpus-fast and `info cpus`",
          "hw/core/machine-qmp-cmds.c",
          QemuVersion.V11_1);

  /** Whether the refusal of a machine type names it. */
  public static final QemuRule<Boolean> MACHINE_NAMED =
      QemuRule.added("an unknown machine type is named", "system/vl.c", QemuVersion.V10_0);

  /** How a switch's default value is written in the help of devices. */
  public static final QemuRule<Boolean> ON_OFF_DEFAULTS =
      QemuRule.added(
          "defaults of switches in help: `on`, not `true`",
          "qom/qom-qmp-cmds.c",
          QemuVersion.V10_0);

  /** Memory that was plugged in, beside that of the start. */
  public static final QemuRule<Boolean> PLUGGED_MEMORY =
      QemuRule.added(
          "plugged memory in the summary of memory",
          "hw/core/machine-qmp-cmds.c",
          QemuVersion.V10_0);

  /** How an unknown protocol of migration is refused. */
  public static final QemuRule<Boolean> MIGRATION_PROTOCOL_NAMED =
      QemuRule.added(
          "`unknown migration protocol: URI`", "migration/migration.c", QemuVersion.V10_0);

  /** The states in which migrate-pause works. */
  public static final QemuRule<String> PAUSE_STATES =
      QemuRule.row("states of migrate-pause", "migration/migration.c", "postcopy-active state")
          .since(QemuVersion.V10_0, "postcopy-active or postcopy-recover state");

  /** How a machine without CPUs refuses to list them. */
  public static final QemuRule<String> NO_HOTPLUGGABLE =
      QemuRule.row(
              "query-hotpluggable-cpus without a machine",
              "hw/core/machine-qmp-cmds.c",
              "The feature 'query-hotpluggable-cpus' is not enabled")
          .since(QemuVersion.V10_0, "machine does not support hot-plugging CPUs");

  /** How a machine without them refuses NMIs. */
  public static final QemuRule<String> NO_NMI =
      QemuRule.row(
              "inject-nmi without a machine",
              "hw/core/nmi.c",
              "this feature or command is not currently supported")
          .since(QemuVersion.V10_0, "machine does not provide NMIs");

  /** What {@code info virtio} says without virtio devices. */
  public static final QemuRule<String> NO_VIRTIO =
      QemuRule.row(
              "`info virtio` without such devices",
              "hw/virtio/virtio-hmp-cmds.c",
              "No VirtIO devices")
          .since(QemuVersion.V10_0, "Error: No virtio devices found");

  /** What device_del says about something that is no device. */
  public static final QemuRule<String> NO_DEVICE =
      QemuRule.row(
              "device_del of something else",
              "system/qdev-monitor.c",
              "is not a hotpluggable device")
          .since(QemuVersion.V10_0, "is not a device");

  /** How vfio devices are found and named: by stat and a prefix, not by their group's link. */
  public static final QemuRule<Boolean> VFIO_NAMED =
      QemuRule.added(
          "refusals of vfio-ap start with `vfio NAME: `", "hw/vfio/device.c", QemuVersion.V10_0);

  /** How a file that cannot be opened is named. */
  public static final QemuRule<String> OPEN_FAILURE =
      QemuRule.row("a file of vfio that cannot be opened", "hw/vfio", "failed to open %s: ")
          .since(QemuVersion.V10_0, "Could not open '%s': ");

  /** The function that refuses to map memory, and whether it says so twice. */
  public static final QemuRule<String> DMA_MAP =
      QemuRule.row("memory that cannot be mapped", "hw/vfio/container.c", "vfio_dma_map")
          .since(QemuVersion.V10_0, "vfio_container_dma_map");

  /** Interrupts that a vfio-ap device asks the kernel for: request, configuration changed. */
  public static final QemuRule<Integer> VFIO_IRQS =
      QemuRule.row("interrupts that vfio-ap asks for", "hw/vfio/ap.c", 0)
          .since(QemuVersion.V10_0, 1)
          .since(QemuVersion.V11_1, 2);

  /** Whether QEMU tells that the kernel refused to signal such an interrupt. */
  public static final QemuRule<Boolean> IRQ_REFUSALS =
      QemuRule.added(
          "warning if an interrupt of vfio-ap cannot be set up", "hw/vfio/ap.c", QemuVersion.V11_1);

  /** Words of a system reset on each vfio-ap device. */
  public static final QemuRule<Integer> VFIO_RESETS =
      QemuRule.row("resets of a vfio-ap device at a system reset", "hw/vfio/ap.c", 1)
          .since(QemuVersion.V10_0, 2);

  /** What follows a device's number where it cannot be attached. */
  public static final QemuRule<String> PASID =
      QemuRule.row("address space of an attached device", "hw/vfio/iommufd.c", "")
          .since(QemuVersion.V11_1, "pasid 0 ");

  /** How a file descriptor that was passed is called. */
  public static final QemuRule<String> PASSED_FD =
      QemuRule.row("a passed file descriptor", "hw/vfio/device.c", "remote object fd")
          .since(QemuVersion.V11_1, "object fd");

  /** Whether a device with a passed file descriptor is named by its identifier. */
  public static final QemuRule<Boolean> FD_BY_ID =
      QemuRule.added("vfio devices by `fd` need an id", "hw/vfio/device.c", QemuVersion.V11_1);

  /** Whether objects of type iommufd need /dev/iommu. */
  public static final QemuRule<Boolean> IOMMU_NEEDED =
      QemuRule.added(
          "`object-add iommufd` needs /dev/iommu", "backends/iommufd.c", QemuVersion.V11_1);

  /** Whether info qtree shows links. */
  public static final QemuRule<Boolean> LINKS_IN_QTREE =
      QemuRule.added("links in `info qtree`", "system/qdev-monitor.c", QemuVersion.V11_1);

  /** Whether a device has legacy- properties for its links. */
  public static final QemuRule<Boolean> LEGACY_LINKS =
      QemuRule.added("`legacy-iommufd`", "hw/core/qdev.c", QemuVersion.V10_0)
          .since(QemuVersion.V11_1, false);

  /** Whether a full bus is told from an absent one. */
  public static final QemuRule<Boolean> FULL_BUS_NAMED =
      QemuRule.added(
          "`A '…' bus was found but is full`", "system/qdev-monitor.c", QemuVersion.V11_1);

  /** Whether device_add keeps the types of its values, and takes any text as identifier. */
  public static final QemuRule<Boolean> TYPED_DEVICE_ADD =
      QemuRule.added("device_add with typed values", "system/qdev-monitor.c", QemuVersion.V10_0);

  /** Whether identifiers of devices are checked after their bus. */
  public static final QemuRule<Boolean> DEVICE_ID_CHECKED =
      QemuRule.added("`Invalid qdev ID '…'`", "system/qdev-monitor.c", QemuVersion.V11_1);

  /** Whether a text in the place of an integer is called one. */
  public static final QemuRule<Boolean> PROGRAM_IN_COMMANDS =
      QemuRule.added(
          "program's name before warnings of a monitor command",
          "util/error-report.c",
          QemuVersion.V11_1);

  /** Whether an unsigned property takes a negative number, and how rng refuses it. */
  public static final QemuRule<String> RNG_LIMIT =
      QemuRule.row(
              "`max-bytes` of 2^63 and more",
              "hw/virtio/virtio-rng.c",
              "'max-bytes' parameter must be non-negative, and less than 2^63")
          .since(QemuVersion.V10_0, "'max-bytes' parameter must be positive, and less than 2^63");

  /** Whether a loader's parameter that is too long is refused, and its refusals. */
  public static final QemuRule<Boolean> LOADPARM_CHECKED =
      QemuRule.added(
          "`loadparm` of more than eight characters is refused",
          "hw/s390x/ipl/qipl.c",
          QemuVersion.V10_0);

  /** Keys of the human monitor that clear the line and recall lines. */
  public static final QemuRule<Boolean> CONTROL_KEYS =
      QemuRule.added("^U, ^P and ^N in the human monitor", "util/readline.c", QemuVersion.V10_0);

  /** Whether migrate takes channels instead of an address. */
  public static final QemuRule<Boolean> MIGRATION_CHANNELS =
      QemuRule.added("`channels` of migrate", "qapi/migration.json", QemuVersion.V10_0);

  /** Whether -mon warns, and each monitor is an object. */
  public static final QemuRule<Boolean> MONITOR_OBJECTS =
      QemuRule.added("objects for monitors; `-mon` warns", "monitor/", QemuVersion.V11_1);

  /** How a message is read: when its brackets are closed, or token by token. */
  public static final QemuRule<Boolean> JSON_BY_TOKEN =
      QemuRule.added(
          "JSON errors at once, with line and column",
          "qobject/json-parser.c, measured",
          QemuVersion.V11_1);
}
