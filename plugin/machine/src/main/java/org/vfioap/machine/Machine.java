package org.vfioap.machine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.vfioap.ap.ApHardware;
import org.vfioap.host.ApHost;
import org.vfioap.host.ScanPolicy;
import org.vfioap.kernel.KernelProfile;

/**
 * The description of a machine: its AP hardware, the kernel that it runs, boot parameters, and what
 * is there after boot: values that were written, mdevs, guests that use them, files.
 *
 * <pre>{@code
 * ApHost host = Machine.preset("z16").boot();
 * ApHost other = Machine.load(Path.of("host.yaml")).withProfile(KernelProfile.LINUX_6_1).boot();
 * }</pre>
 *
 * <p>The format is that of docs/machine-files.md: UTF-8 YAML, at most 1 MiB; adapter and domain
 * numbers 0 to 255, decimal or 0x hexadecimal. Immutable; each boot makes a host of its own. Two
 * machines are equal if they describe the same, wherever they were read from.
 */
public final class Machine {
  private final MachineDescription description;
  private final Positions positions;

  Machine(MachineDescription description, Positions positions) {
    this.description = description;
    this.positions = positions;
  }

  /**
   * Reads a machine file.
   *
   * @throws MachineFileException if it cannot be read or is wrong
   */
  public static Machine load(Path file) {
    return load(file, file.toString());
  }

  /**
   * Reads a machine file that is reached by another path than the user gave.
   *
   * @param fileName what errors call it
   * @throws MachineFileException if it cannot be read or is wrong
   */
  public static Machine load(Path file, String fileName) {
    return parse(MachineFile.read(file, fileName), fileName, "");
  }

  /**
   * Reads the text of a machine file.
   *
   * @param fileName what errors call it
   * @throws MachineFileException if it is wrong
   */
  public static Machine parse(String yaml, String fileName) {
    return parse(yaml, fileName, "");
  }

  private static Machine parse(String yaml, String fileName, String partition) {
    YamlValue root = YamlText.compose(yaml, fileName);
    return MachineReader.read(
        HmcReader.isDefinition(root)
            ? YamlText.compose(HmcReader.read(root, partition), fileName)
            : root);
  }

  /**
   * Returns a machine that comes with this program.
   *
   * <table>
   *   <caption>Presets; all but z17 run the profile {@code documented}; all scan at once, have the
   *       default masks (everything is reserved for the host) and no mdevs</caption>
   *   <tr><th>name</th><th>adapters</th><th>usage domains</th><th>control domains</th></tr>
   *   <tr><td>{@code z14}</td><td>0 to 2 CEX6 CCA, EP11, accelerator; 3 to 5 CEX5 CCA, EP11,
   *       accelerator</td><td>0 to 5</td><td>0 to 15</td></tr>
   *   <tr><td>{@code z16}</td><td>0 to 2 CEX8 CCA, EP11, accelerator; 3 CEX8 CCA; 4 CEX7 CCA; 5
   *       CEX8 EP11, not assigned yet; QACT</td><td>0 to 7</td><td>0 to 31</td></tr>
   *   <tr><td>{@code z17}</td><td>CEX8: 0 and 1 CCA, 2 and 3 EP11, 4 and 5 accelerators; 6 CCA and 7
   *       EP11, not assigned yet; profile {@code linux-6.12}, QACT, serial numbers, master keys in
   *       domains 0 to 3</td><td>0 to 15</td><td>0 to 15</td></tr>
   *   <tr><td>{@code empty}</td><td>none</td><td>none</td><td>none</td></tr>
   *   <tr><td>{@code document}</td><td>5 CEX5 CCA; 6 CEX5 accelerator</td><td>4, 0x47, 0xab,
   *       0xff</td><td>the same</td></tr>
   * </table>
   *
   * @throws IllegalArgumentException if there is no preset of this name
   */
  public static Machine preset(String name) {
    if (!presets().contains(name)) {
      throw new IllegalArgumentException(
          "unknown preset '" + name + "'; known are " + String.join(", ", presets()));
    }
    return parse(MachineFile.preset(name), "preset " + name);
  }

  /** Returns the names of all presets. */
  public static List<String> presets() {
    return MachineFile.PRESETS;
  }

  /**
   * Returns the preset of this name, or else the machine that this file describes: a machine file,
   * or a definition of zhmcclient's mocked HMC, {@code FILE#PARTITION} if several of its partitions
   * have a crypto configuration.
   *
   * @throws MachineFileException if it is neither a preset nor a readable and correct file
   */
  public static Machine find(String presetOrFile) {
    if (presets().contains(presetOrFile)) {
      return preset(presetOrFile);
    }
    int mark = presetOrFile.lastIndexOf('#');
    Path file = MachineFile.path(presetOrFile);
    if (mark < 0 || Files.exists(file)) {
      return load(file);
    }
    String name = presetOrFile.substring(0, mark);
    String text = MachineFile.read(MachineFile.path(name), name);
    return parse(text, name, presetOrFile.substring(mark + 1));
  }

  /** Returns which kernel the machine runs. */
  public KernelProfile profile() {
    return description.profile();
  }

  /** Returns the same machine with another kernel. */
  public Machine withProfile(KernelProfile profile) {
    return new Machine(description.withProfile(profile), positions);
  }

  /** Returns when the bus of the machine looks at its hardware. */
  public ScanPolicy scanPolicy() {
    return description.scanPolicy();
  }

  /** Returns the same machine with another scan policy. */
  public Machine withScanPolicy(ScanPolicy scanPolicy) {
    return new Machine(description.withScanPolicy(scanPolicy), positions);
  }

  /**
   * Returns the files that programs in the machine find, by their paths: mdevctl's definitions,
   * udev's rules, libvirt's domains. A host in this process has no such files.
   */
  public SortedMap<String, String> files() {
    return description.files();
  }

  /**
   * Boots the machine with the system clock, makes its writes, creates its mdevs and lets its
   * guests use them.
   *
   * @throws MachineFileException if the kernel refuses any of that
   */
  public ApHost boot() {
    return boot(InstantSource.system());
  }

  /**
   * Boots the machine with this clock for log lines and periodic scans. Its mdevs are created by
   * writing to {@code create} and the assign files; a guest holds its mdev until the next boot.
   *
   * @throws MachineFileException if the kernel refuses a write, an mdev or a guest
   */
  public ApHost boot(InstantSource clock) {
    return boot(hardware(), clock);
  }

  /** Builds the hardware that it describes: each call its own. */
  public ApHardware hardware() {
    return description.hardware().build();
  }

  /**
   * Boots the machine as {@link #boot(InstantSource)} on hardware of {@link #hardware} that may
   * have changed since, as a reboot does.
   *
   * @throws MachineFileException if the kernel refuses a write, an mdev or a guest
   */
  public ApHost boot(ApHardware hardware, InstantSource clock) {
    ApHost host =
        ApHost.builder()
            .hardware(hardware)
            .profile(description.profile())
            .scanPolicy(description.scanPolicy())
            .bootParameters(description.boot())
            .clock(clock)
            .boot();
    AfterBoot.restore(host, description, positions);
    return host;
  }

  /**
   * Returns the machine as a file with every key, so that {@link #parse} gives an equal machine.
   */
  public String toYaml() {
    return MachineWriter.write(description);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Machine machine && description.equals(machine.description);
  }

  @Override
  public int hashCode() {
    return description.hashCode();
  }

  /** Returns {@link #toYaml}. */
  @Override
  public String toString() {
    return toYaml();
  }
}
