package org.vfioap.kernel;

import java.util.List;

/**
 * What differs between kernels: the table of docs/profiles.md. Code that applies a rule asks the
 * profile for its value and knows no version.
 */
public final class KernelRules {
  private KernelRules() {}

  /** The error of an assignment whose APQN another mdev has. */
  public static final KernelRule<Errno> SHARED_APQN =
      KernelRule.row(
          "assigning an APQN that another mdev has",
          "vfio_ap_ops.c vfio_ap_mdev_verify_no_sharing",
          Errno.EBUSY,
          Errno.EADDRINUSE);

  /** The log line of such an assignment. */
  public static final KernelRule<ConflictText> ASSIGN_CONFLICT =
      KernelRule.row(
          "log line of that",
          "vfio_ap_ops.c MDEV_SHARING_ERR",
          ConflictText.DOCUMENTED,
          new ConflictText(
              "vfio_ap_mdev {mdev}",
              "Userspace may not assign queue {apqn} to mdev: already assigned to {owner}"));

  /** The log line of a mask write that would take an APQN from an mdev. */
  public static final KernelRule<ConflictText> MASK_CONFLICT =
      KernelRule.row(
          "log line of a mask write that would take an APQN from an mdev (EBUSY)",
          "vfio_ap_ops.c MDEV_IN_USE_ERR",
          ConflictText.DOCUMENTED,
          new ConflictText(
              "vfio_ap_mdev {owner}",
              "Can not reserve queue {apqn} for host driver: in use by mdev"));

  /** Which mdevs these lines name. */
  public static final KernelRule<ConflictScope> CONFLICT_SCOPE =
      KernelRule.row(
          "mdevs that these lines name",
          "vfio_ap_ops.c vfio_ap_mdev_verify_no_sharing",
          ConflictScope.EVERY_MDEV,
          ConflictScope.NEWEST_MDEV);

  /** What an assignment meets while a mask file is being written. */
  public static final KernelRule<WhenBusy> ASSIGN_DURING_MASK_WRITE =
      KernelRule.row(
          "assigning while a mask file is being written",
          "vfio_ap_ops.c assign_adapter_store",
          WhenBusy.REFUSE,
          WhenBusy.WAIT);

  /** What a write to {@code remove} meets while a program has the mdev open. */
  public static final KernelRule<WhenBusy> REMOVE_IN_USE =
      KernelRule.row(
          "writing `remove` while a guest uses the mdev",
          "vfio_main.c vfio_unregister_group_dev",
          WhenBusy.REFUSE,
          WhenBusy.WAIT);

  /** Class vfio-dev below every mdev, and how long it stays. */
  public static final KernelRule<VfioDev> VFIO_DEV =
      KernelRule.row(
              "`vfio-dev/` of an mdev",
              "vfio_main.c vfio_device_del",
              VfioDev.ABSENT,
              VfioDev.UNTIL_CLOSED)
          .since(KernelProfile.LINUX_6_8, VfioDev.UNTIL_REMOVAL);

  /** Whether each vfio device has a node of its own, as with CONFIG_VFIO_DEVICE_CDEV. */
  public static final KernelRule<Boolean> VFIO_CDEV =
      KernelRule.row(
              "`/dev/vfio/devices/vfioN`, and `dev` of `vfio-dev/vfioN`",
              "device_cdev.c vfio_init_device_cdev",
              false,
              false)
          .since(KernelProfile.LINUX_6_8, true);

  /** Whether adapters CEX2A to CEX3C have devices and drivers. */
  public static final KernelRule<Boolean> OLD_ADAPTERS =
      KernelRule.row(
              "cards, queues and drivers of CEX2 and CEX3",
              "ap_bus.c ap_get_compatible_type",
              true,
              true)
          .since(KernelProfile.LINUX_6_8, false);

  /** What {@code depth} shows of a queue that holds eight requests. */
  public static final KernelRule<Integer> DEPTH =
      KernelRule.row("`depth` of a card whose queues hold 8 requests", "ap_card.c depth_show", 7, 7)
          .since(KernelProfile.LINUX_6_8, 8);

  /** Bus attribute {@code features}. */
  public static final KernelRule<Boolean> BUS_FEATURES =
      KernelRule.added("`/sys/bus/ap/features`", "ap_bus.c features_show", KernelProfile.LINUX_6_8);

  /** Whether a QCI answer without any facility bit counts as no QCI at all. */
  public static final KernelRule<Boolean> QCI_NEEDS_FLAGS =
      KernelRule.added(
          "a configuration query that reports no facility counts as missing",
          "ap_bus.c ap_get_configuration",
          KernelProfile.LINUX_6_12);

  /** {@code ap_functions} of queues, read from the hardware. */
  public static final KernelRule<Boolean> QUEUE_FUNCTIONS =
      KernelRule.added(
          "`ap_functions` of queues", "ap_queue.c ap_functions_show", KernelProfile.LINUX_6_8);

  /** Whether {@code interrupt} asks the hardware instead of telling what the driver last did. */
  public static final KernelRule<Boolean> INTERRUPT_ASKED =
      KernelRule.added(
          "`interrupt` of a queue asks the hardware at each read",
          "ap_queue.c interrupt_show",
          KernelProfile.LINUX_6_8);

  /** Whether a queue is set up when the bus finds it, whatever driver it gets. */
  public static final KernelRule<Boolean> QUEUES_START_EARLY =
      KernelRule.added(
          "the bus itself sets up a healthy queue that it finds",
          "ap_bus.c ap_scan_domains",
          KernelProfile.LINUX_6_8);

  /** Whether a checkstopped card or queue counts as online. */
  public static final KernelRule<Boolean> ONLINE_NEEDS_NO_CHECKSTOP =
      KernelRule.added(
          "`online` is 0, and writing 1 ENODEV, while a card or queue is checkstopped",
          "zcrypt_card.c online_store, zcrypt_queue.c online_store",
          KernelProfile.LINUX_6_8);

  /** How {@code poll_thread} and {@code poll_timeout} read what is written. */
  public static final KernelRule<Boolean> STRICT_POLL_SETTINGS =
      KernelRule.added(
          "`poll_thread` takes 1, y, on, …; `poll_timeout` takes 0 and hexadecimal, no blanks",
          "ap_bus.c poll_thread_store, poll_timeout_store",
          KernelProfile.LINUX_6_8);

  /** Words of truth values. */
  public static final KernelRule<Boolean> BOOLEANS_ENABLE =
      KernelRule.added(
          "truth values may begin with e (enable) and d (disable)",
          "lib/kstrtox.c kstrtobool",
          KernelProfile.LINUX_7_2);

  /** When the bus announces that all queues have drivers. */
  public static final KernelRule<Boolean> BINDINGS_REARMED =
      KernelRule.added(
          "`BINDINGS=complete` comes once after a scan or mask write that could change it,"
              + " not with every queue that is bound",
          "ap_bus.c ap_check_bindings_complete",
          KernelProfile.LINUX_6_8);

  /** Whether a removal asks the program that uses the mdev to let go, and says so. */
  public static final KernelRule<Boolean> REMOVAL_REQUEST =
      KernelRule.added(
          "`remove` asks the program that uses the mdev to let go, at once and every 10 s",
          "vfio_ap_ops.c vfio_ap_mdev_request",
          KernelProfile.LINUX_6_8);

  /** Whether such a request takes the guest's AP resources at once. */
  public static final KernelRule<Boolean> REMOVAL_CLEARS_GUEST =
      KernelRule.added(
          "`remove` in use takes the guest's adapters, domains and control domains at once",
          "vfio_ap_ops.c vfio_ap_mdev_request",
          KernelProfile.LINUX_6_15);

  /** The event that tells a guest's QEMU that its AP configuration changed. */
  public static final KernelRule<Boolean> CONFIG_CHANGED_EVENT =
      KernelRule.added(
          "event VFIO_AP_CFG_CHG_IRQ_INDEX at every change of a guest's APCB",
          "vfio_ap_ops.c signal_guest_ap_cfg_changed",
          KernelProfile.LINUX_6_15);

  /** The error of VFIO_DEVICE_RESET when a queue could not be reset. */
  public static final KernelRule<Errno> FAILED_RESET =
      KernelRule.row(
              "VFIO_DEVICE_RESET when a queue could not be reset",
              "vfio_ap_ops.c vfio_ap_mdev_reset_queues",
              Errno.EBUSY,
              Errno.EBUSY)
          .since(KernelProfile.LINUX_6_8, Errno.EIO);

  /** Which queues a guest may have although their last reset failed. */
  public static final KernelRule<Passable> PASSABLE =
      KernelRule.row(
              "queues that pass the filter by the answer to their last reset",
              "vfio_ap_ops.c _queue_passable",
              Passable.NORMAL,
              Passable.NORMAL)
          .since(KernelProfile.LINUX_6_8, Passable.DECONFIGURED)
          .since(KernelProfile.LINUX_6_12, Passable.CHECKSTOPPED);

  /** What happens when a reset finds another one in progress. */
  public static final KernelRule<WhenResetting> WHEN_RESETTING =
      KernelRule.row(
              "a reset that finds another reset in progress",
              "vfio_ap_ops.c apq_reset_check",
              WhenResetting.TRY_TWICE,
              WhenResetting.TRY_TWICE)
          .since(KernelProfile.LINUX_6_8, WhenResetting.WAIT);

  /** Whether queues of an adapter that filtering takes from a guest are reset. */
  public static final KernelRule<Boolean> RESET_OF_FILTERED =
      KernelRule.added(
          "queues of an adapter that filtering takes from a guest are reset",
          "vfio_ap_ops.c reset_queues_for_apids",
          KernelProfile.LINUX_6_8);

  /** {@code ap_config} of mdevs. */
  public static final KernelRule<Boolean> AP_CONFIG =
      KernelRule.added(
          "`ap_config` of an mdev", "vfio_ap_ops.c ap_config_store", KernelProfile.LINUX_6_12);

  /** {@code features} of the matrix device. */
  public static final KernelRule<Boolean> MATRIX_FEATURES =
      KernelRule.added(
          "`/sys/devices/vfio_ap/matrix/features`: `guest_matrix hotplug ap_config`",
          "vfio_ap_drv.c features_show",
          KernelProfile.LINUX_6_12);

  /** {@code driver_override} of queues, and what the masks then refuse. */
  public static final KernelRule<Boolean> DRIVER_OVERRIDE =
      KernelRule.added(
          "`driver_override` of queues; it and the masks exclude each other (EINVAL), and an"
              + " APQN is reserved by what its queue is bound to",
          "ap_queue.c driver_override_store, ap_bus.c ap_owned_by_def_drv",
          KernelProfile.LINUX_6_19);

  /** Whether the check for use by mdevs looks at all numbers of the other mask. */
  public static final KernelRule<Boolean> IN_USE_WITH_ANY =
      KernelRule.added(
          "a mask write checks new bits against all numbers of the other mask",
          "ap_bus.c __verify_card_reservations, __verify_queue_reservations",
          KernelProfile.LINUX_6_19);

  /** {@code bindings_complete_count} of the bus. */
  public static final KernelRule<Boolean> BINDINGS_COMPLETE_COUNT =
      KernelRule.added(
          "`/sys/bus/ap/bindings_complete_count`",
          "ap_bus.c bindings_complete_count_show",
          KernelProfile.LINUX_6_19);

  /** Whether numbers beyond 64 bits in a relative mask wrap around. */
  public static final KernelRule<Boolean> MASK_NUMBERS_WRAP =
      KernelRule.row(
              "a number beyond 64 bits in a relative mask wraps around (else EINVAL)",
              "lib/kstrtox.c simple_strtoull",
              true,
              true)
          .since(KernelProfile.LINUX_7_2, false);

  /** Whether a long matrix stops at a page by itself. */
  public static final KernelRule<Boolean> MATRIX_STOPS_AT_PAGE =
      KernelRule.added(
          "`matrix`, `guest_matrix` and `control_domains` stop at a page by themselves",
          "vfio_ap_ops.c vfio_ap_mdev_matrix_show",
          KernelProfile.LINUX_7_2);

  /** The minor number of {@code z90crypt} on a machine whose misc devices came in this order. */
  public static final KernelRule<Integer> Z90CRYPT_MINOR =
      KernelRule.row(
              "minor number of `/dev/z90crypt`: misc devices count down from 127, later up from 256",
              "drivers/char/misc.c misc_minor_alloc",
              122,
              122)
          .since(KernelProfile.LINUX_6_8, 261);

  /** Parameter {@code zcrypt.hwrng_seed}. */
  public static final KernelRule<Boolean> HWRNG_SEED =
      KernelRule.row("parameter `zcrypt.hwrng_seed`", "zcrypt_api.c module_param_named", true, true)
          .since(KernelProfile.LINUX_6_8, false);

  /** Parameter {@code ap.msgpool_min_items}. */
  public static final KernelRule<Boolean> MESSAGE_POOL =
      KernelRule.added(
          "parameter `ap.msgpool_min_items`",
          "ap_bus.c module_param_named",
          KernelProfile.LINUX_6_8);

  /** Parameter {@code zcrypt.mempool_threshold}. */
  public static final KernelRule<Boolean> REQUEST_POOL =
      KernelRule.added(
          "parameter `zcrypt.mempool_threshold`",
          "zcrypt_api.c module_param_named",
          KernelProfile.LINUX_6_19);

  /** Modes of module parameters. */
  public static final KernelRule<Boolean> PARAMETERS_FOR_EVERYBODY =
      KernelRule.added(
          "parameters are 0444, and 0400 where they only tune (0440 before)",
          "ap_bus.c, zcrypt_api.c module_param_named",
          KernelProfile.LINUX_7_2);

  /** Words of {@code op_modes}. */
  public static final KernelRule<Boolean> MORE_EP11_MODES =
      KernelRule.added(
          "`op_modes` of EP11 knows `SIGG-IMPORT`, `SIGG`, `FIPS2021`, `FIPS2024`",
          "zcrypt_cex4.c ep11_op_modes",
          KernelProfile.LINUX_6_8);

  /** Whether what coprocessors answered is kept for the time when they are offline. */
  public static final KernelRule<Boolean> FRESH_COPROCESSOR_INFO =
      KernelRule.added(
          "`mkvps`, `serialnr` and files of EP11 cards do not show old answers while offline",
          "zcrypt_ccamisc.c cca_get_info, zcrypt_ep11misc.c ep11_get_card_info",
          KernelProfile.LINUX_6_19);

  /** {@code se_bind} and {@code se_associate}. */
  public static final KernelRule<Boolean> SE_FILES =
      KernelRule.added(
          "`se_bind` and `se_associate` in guests under Secure Execution",
          "ap_queue.c se_bind_store, se_associate_store",
          KernelProfile.LINUX_6_8);

  /** Uevents of both. */
  public static final KernelRule<Boolean> SE_UEVENTS =
      KernelRule.added(
          "uevents `SE_BIND=1` and `SE_ASSOC=N`",
          "ap_bus.c ap_send_se_bind_uevent, ap_send_se_assoc_uevent",
          KernelProfile.LINUX_7_2);

  /** Returns all rows in the order of the table. */
  public static List<KernelRule<?>> rows() {
    return KernelRule.rows();
  }
}
