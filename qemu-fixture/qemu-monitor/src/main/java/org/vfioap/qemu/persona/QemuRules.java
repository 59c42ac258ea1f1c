package org.vfioap.qemu.persona;

/**
 * What differs between the emulated versions of QEMU and no recording holds. Code that applies a
 * rule asks it for its value and knows no version.
 */
public final class QemuRules {
  private QemuRules() {}

  /** When an answer has a list. */
  public enum Listed {
    /** It has none. */
    NEVER,
    /** It always has one, which may be empty. */
    ALWAYS,
    /** It has one that is not empty. */
    IF_ANY
  }

  /** Member {@code singlestep} of query-status. */
  public static final QemuRule<Boolean> SINGLESTEP =
      QemuRule.dropped("`singlestep` in query-status", "qapi/run-state.json", QemuVersion.V10_0);

  /** Member {@code deprecated-props} of an expanded CPU model. */
  public static final QemuRule<Listed> DEPRECATED_PROPS =
      QemuRule.row(
              "`deprecated-props` of an expanded CPU model",
              "target/s390x/cpu_models_system.c",
              Listed.NEVER)
          .since(QemuVersion.V10_0, Listed.ALWAYS)
          .since(QemuVersion.V11_1, Listed.IF_ANY);

  /** How texts call what a guest can have here. */
  public static final QemuRule<String> CONFIGURATION =
      QemuRule.row(
              "CPU models and features that cannot be had", "target/s390x/cpu_models.c", "the")
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
      QemuRule.row(
              "states of migrate-pause", "migration/migration.c", "postcopy-active state")
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
              "device_del of something else", "system/qdev-monitor.c", "is not a hotpluggable device")
          .since(QemuVersion.V10_0, "is not a device");

  /** How a message is read: when its brackets are closed, or token by token. */
  public static final QemuRule<Boolean> JSON_BY_TOKEN =
      QemuRule.added(
          "JSON errors at once, with line and column",
          "qobject/json-parser.c, measured",
          QemuVersion.V11_1);
}
