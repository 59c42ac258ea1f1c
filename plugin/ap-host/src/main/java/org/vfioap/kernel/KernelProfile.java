package org.vfioap.kernel;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which kernel the machine runs: the one table of what differs between the document and real
 * kernels.
 *
 * <p>{@link #DOCUMENTED} is what Documentation/s390/vfio-ap.rst says after the patch "update docs
 * to include dynamic config support" (v16, May 2021); the others are the code of the Linux releases
 * that they are named after.
 */
@SuppressWarnings("ImmutableEnumChecker") // records of texts and Set.of never change
public enum KernelProfile {
  /** The document: every refusal is immediate, and a shared APQN is EBUSY. */
  DOCUMENTED(
      "documented",
      Errno.EBUSY,
      new ConflictText("", "Userspace may not re-assign queue {apqn} already assigned to {owner}"),
      new ConflictText("", "Userspace may not re-assign queue {apqn} already assigned to {owner}"),
      ConflictScope.EVERY_MDEV,
      WhenBusy.REFUSE,
      WhenBusy.REFUSE,
      Set.of(Addition.HWRNG_SEED)),

  /** Linux 6.1.192 as Debian 12 ships it. */
  LINUX_6_1(
      "linux-6.1",
      Errno.EADDRINUSE,
      new ConflictText(
          "vfio_ap_mdev {mdev}",
          "Userspace may not assign queue {apqn} to mdev: already assigned to {owner}"),
      new ConflictText(
          "vfio_ap_mdev {owner}", "Can not reserve queue {apqn} for host driver: in use by mdev"),
      ConflictScope.NEWEST_MDEV,
      WhenBusy.WAIT,
      WhenBusy.WAIT,
      Set.of(Addition.VFIO_DEV, Addition.HWRNG_SEED)),

  /** Linux 6.12: the bus tells its features, and an mdev is configured in one write. */
  LINUX_6_12(
      "linux-6.12",
      Errno.EADDRINUSE,
      new ConflictText(
          "vfio_ap_mdev {mdev}",
          "Userspace may not assign queue {apqn} to mdev: already assigned to {owner}"),
      new ConflictText(
          "vfio_ap_mdev {owner}", "Can not reserve queue {apqn} for host driver: in use by mdev"),
      ConflictScope.NEWEST_MDEV,
      WhenBusy.WAIT,
      WhenBusy.WAIT,
      Set.of(
          Addition.VFIO_DEV,
          Addition.FEATURES,
          Addition.AP_CONFIG,
          Addition.QUEUE_FUNCTIONS,
          Addition.RESET_OF_FILTERED,
          Addition.MISC_MINORS_FROM_256,
          Addition.MESSAGE_POOL,
          Addition.MORE_EP11_MODES,
          Addition.SE_FILES));

  /** Attributes and behaviours that newer kernels add. */
  public enum Addition {
    /** Class vfio-dev below every mdev (6.1). */
    VFIO_DEV,
    /** {@code /sys/bus/ap/features} (6.4). */
    FEATURES,
    /** {@code ap_functions} of queues (6.4). */
    QUEUE_FUNCTIONS,
    /** Queues of an adapter that leaves a guest are reset (6.8). */
    RESET_OF_FILTERED,
    /** {@code ap_config} of mdevs (6.10). */
    AP_CONFIG,
    /** Misc devices without a fixed minor number get one from 256 up, not from 127 down (6.12). */
    MISC_MINORS_FROM_256,
    /** Parameter {@code zcrypt.hwrng_seed} (until 6.1). */
    HWRNG_SEED,
    /** Parameter {@code ap.msgpool_min_items} (6.12.117). */
    MESSAGE_POOL,
    /** Parameter {@code zcrypt.mempool_threshold} (6.17). */
    REQUEST_POOL,
    /** Parameters are 0444, and 0400 where they only tune; 0440 before (7.0). */
    PARAMETERS_FOR_EVERYBODY,
    /**
     * {@code op_modes} of EP11 knows SIGG-IMPORT, SIGG, FIPS2021 and FIPS2024 (after 6.1, by 6.12).
     */
    MORE_EP11_MODES,
    /**
     * What coprocessors answered is not kept for the time when they are offline (6.16; {@code
     * cca_get_info} and {@code ep11_get_card_info} have no cache any more).
     */
    FRESH_COPROCESSOR_INFO,
    /** {@code se_bind} and {@code se_associate} in guests under Secure Execution (6.8). */
    SE_FILES,
    /** Uevents of both (7.2). */
    SE_UEVENTS
  }

  /** What a writer meets that comes at a bad moment. */
  public enum WhenBusy {
    /** It is refused with EBUSY and nothing changes. */
    REFUSE,
    /** It waits until it can go on, and can be interrupted. */
    WAIT
  }

  /** Which mdevs the log names when an APQN is taken. */
  public enum ConflictScope {
    /** Only the first one found; the newest mdev is looked at first. */
    NEWEST_MDEV,
    /** All of them, newest first. */
    EVERY_MDEV
  }

  /**
   * A log line with the placeholders {@code {apqn}}, {@code {owner}} (the mdev that has it) and
   * {@code {mdev}} (the one that wants it).
   *
   * @param source what {@code dev_warn} puts before the text, or empty
   * @param message the text
   */
  public record ConflictText(String source, String message) {
    /** Writes the line to the log at level warning. */
    public void log(KernelLog log, String apqn, String owner, String mdev) {
      log.add(
          LogLine.Level.WARNING, fill(source, apqn, owner, mdev), fill(message, apqn, owner, mdev));
    }

    private static String fill(String template, String apqn, String owner, String mdev) {
      return template.replace("{apqn}", apqn).replace("{owner}", owner).replace("{mdev}", mdev);
    }
  }

  private final String label;
  private final Errno sharedApqn;
  private final ConflictText assignConflict;
  private final ConflictText maskConflict;
  private final ConflictScope conflictScope;
  private final WhenBusy assignDuringMaskWrite;
  private final WhenBusy removeInUse;
  private final Set<Addition> additions;

  KernelProfile(
      String label,
      Errno sharedApqn,
      ConflictText assignConflict,
      ConflictText maskConflict,
      ConflictScope conflictScope,
      WhenBusy assignDuringMaskWrite,
      WhenBusy removeInUse,
      Set<Addition> additions) {
    this.label = label;
    this.sharedApqn = sharedApqn;
    this.assignConflict = assignConflict;
    this.maskConflict = maskConflict;
    this.conflictScope = conflictScope;
    this.assignDuringMaskWrite = assignDuringMaskWrite;
    this.removeInUse = removeInUse;
    this.additions = additions;
  }

  /**
   * Finds a profile by the name that users write.
   *
   * @throws IllegalArgumentException for any other name; the message lists the names
   */
  public static KernelProfile parse(String label) {
    return Arrays.stream(values())
        .filter(profile -> profile.label.equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown kernel profile '" + label + "'; known are " + labels()));
  }

  /** Returns the names of all profiles, separated by commas. */
  public static String labels() {
    return Arrays.stream(values()).map(KernelProfile::toString).collect(Collectors.joining(", "));
  }

  /** Returns the error of an assignment whose APQN another mdev has. */
  public Errno sharedApqn() {
    return sharedApqn;
  }

  /** Returns the log line of an assignment whose APQN another mdev has. */
  public ConflictText assignConflict() {
    return assignConflict;
  }

  /** Returns the log line of a mask write that would take an APQN from an mdev. */
  public ConflictText maskConflict() {
    return maskConflict;
  }

  /** Returns which mdevs the log names. */
  public ConflictScope conflictScope() {
    return conflictScope;
  }

  /** Returns what an assignment meets while a mask file is being written. */
  public WhenBusy assignDuringMaskWrite() {
    return assignDuringMaskWrite;
  }

  /** Returns what a write to {@code remove} meets while a guest uses the mdev. */
  public WhenBusy removeInUse() {
    return removeInUse;
  }

  /** Tells whether this kernel has the addition. */
  public boolean has(Addition addition) {
    return additions.contains(addition);
  }

  /** Returns the name that users write, {@code linux-6.1}. */
  @Override
  public String toString() {
    return label;
  }
}
