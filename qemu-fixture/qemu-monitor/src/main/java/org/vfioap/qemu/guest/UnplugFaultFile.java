package org.vfioap.qemu.guest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.vfioap.qemu.qdev.UnplugFault;

/**
 * The file in which the user of a running guest orders that unplugging goes wrong: named like the
 * guest, one line. It is read whenever a device is unplugged, so it holds until it is taken away.
 * An environment variable would not do, since libvirt hands none on.
 */
final class UnplugFaultFile {
  private static final Path FOLDER = Path.of("/run/qemu-faults");
  private static final int LONGEST = 4096;

  private final Path folder;
  private final Consumer<String> complaints;

  UnplugFaultFile(Consumer<String> complaints) {
    this(FOLDER, complaints);
  }

  UnplugFaultFile(Path folder, Consumer<String> complaints) {
    this.folder = folder;
    this.complaints = complaints;
  }

  /**
   * Returns what is to go wrong in the guest of that name; what cannot be read is complained of.
   */
  UnplugFault read(String name) {
    if (name.isEmpty() || name.indexOf('/') >= 0 || name.startsWith(".")) {
      return UnplugFault.NONE;
    }
    Path file = folder.resolve(name);
    try (InputStream in = Files.newInputStream(file)) {
      String text = new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8);
      String line = text.split("\n", 2)[0].strip();
      Optional<UnplugFault> fault = UnplugFault.parse(line);
      if (fault.isEmpty()) {
        complaints.accept(
            file
                + ": '"
                + line
                + "' is no fault; allowed: reject, ignore, lose, delay MILLISECONDS, refuse TEXT");
      }
      return fault.orElse(UnplugFault.NONE);
    } catch (NoSuchFileException usual) {
      return UnplugFault.NONE;
    } catch (IOException unreadable) {
      complaints.accept(file + " cannot be read: " + unreadable.getMessage());
      return UnplugFault.NONE;
    }
  }
}
