package org.vfioap.recording;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vfioap.machine.Machine;
import org.vfioap.machine.MachineFileException;

/**
 * A machine file of a real host.
 *
 * <p>What is read: /sys of the AP bus and vfio_ap; which kernel it is; mdevctl's definitions; the
 * masks that chzdev made permanent; which of libvirt's domains have mdevs of vfio_ap, and which of
 * them run. Nothing is changed, on the host or elsewhere.
 *
 * @param yaml the machine file; it begins with the notes as comments
 * @param notes what is not recorded or was guessed, each a line
 */
public record Recording(String yaml, List<String> notes) {
  /** Copies what could change. */
  public Recording {
    notes = List.copyOf(notes);
  }

  /**
   * Reads a host.
   *
   * @param source the root of this computer, {@code /}, or a folder or tar archive, plain or
   *     compressed by gzip or xz, with the root of a host, its /sys alone, or one folder that has
   *     either, as reports of sos have
   * @throws RecordingException if it is not there, damaged or too large, or has no AP bus
   */
  public static Recording of(Path source) {
    boolean isFolder = Files.isDirectory(source);
    if (!isFolder && !Files.exists(source)) {
      throw new RecordingException(source + " does not exist; name a folder or an archive");
    }
    HostFiles files = isFolder ? new Folder(source) : Archive.read(source, Layout::isWanted);
    return of(files, Layout.find(files, source.toString()), source.toString());
  }

  private static Recording of(HostFiles files, Layout layout, String name) {
    Sysfs sysfs = new Sysfs(files, layout);
    Notes notes = new Notes();
    ProfileChoice kernel = ProfileChoice.of(files, layout, sysfs);
    List<String> body = body(files, layout, sysfs, kernel, notes);
    files.failures().forEach(failure -> notes.add("not read: " + failure));
    String yaml = String.join("\n", body) + "\n";
    check(yaml, notes);
    List<String> shown = notes.all().stream().map(Quoting::visible).toList();
    return new Recording(header(name, kernel, shown) + yaml, shown);
  }

  private static List<String> body(
      HostFiles files, Layout layout, Sysfs sysfs, ProfileChoice kernel, Notes notes) {
    BusRecord bus = BusRecord.read(sysfs);
    List<MdevRecord> mdevs = MdevRecord.all(sysfs, notes);
    List<GuestRecord> guests = GuestRecord.all(files, layout.root(), notes);
    List<String> lines = new ArrayList<>();
    lines.add("profile: " + kernel.profile());
    lines.addAll(bus.lines());
    lines.addAll(HardwareSection.lines(bus, notes));
    lines.add("boot:");
    for (String mask : List.of("apmask", "aqmask")) {
      lines.add("  " + mask + ": " + bus.parameter(mask).map(Quoting::quote).orElse("null"));
    }
    add(lines, "writes:", WritesSection.lines(bus));
    add(lines, "mdevs:", mdevs.stream().flatMap(mdev -> mdev.lines().stream()).toList());
    add(lines, "guests:", GuestSection.lines(bus, mdevs, guests, notes));
    add(lines, "files:", FilesSection.lines(files, layout.root(), guests));
    return lines;
  }

  private static void add(List<String> lines, String key, List<String> entries) {
    if (!entries.isEmpty()) {
      lines.add(key);
      lines.addAll(entries);
    }
  }

  /** A file that does not boot is of use, too, once somebody has changed it. */
  private static void check(String yaml, Notes notes) {
    try {
      Machine.parse(yaml, "the recorded machine").boot();
    } catch (MachineFileException e) {
      notes.add("this machine does not boot as it is: " + e.getMessage());
    }
  }

  private static String header(String name, ProfileChoice kernel, List<String> notes) {
    StringBuilder header = new StringBuilder("# Recorded from " + Quoting.visible(name) + ", ");
    header.append(
        kernel
            .release()
            .map(release -> "Linux " + Quoting.visible(release))
            .orElse("a Linux whose release is not there"));
    header.append(".\n");
    notes.forEach(note -> header.append("# Note: ").append(note).append('\n'));
    return header.toString();
  }
}
