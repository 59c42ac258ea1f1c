package org.vfioap.sysfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vfioap.ap.AdapterMode;
import org.vfioap.ap.AdapterType;
import org.vfioap.ap.ApHardware;
import org.vfioap.ap.ApMask;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.lab.Admin;
import org.vfioap.lab.Machines;

/**
 * Every directory of the tree of linux-6.1, entry by entry: the files of {@code catalogue/} name
 * each with its mode, and a regular expression for what it shows or the target of the link.
 *
 * <pre>
 *   02 CEX3A   05 CEX5C   06 CEX6A   07 CEX7C   08 CEX8P      domains 1 and 2
 *                passed
 *   mdev: 05.0001 and control domain 1, in use by a guest; the zcrypt node "container"
 * </pre>
 */
class CatalogueTest {
  private final SysfsTree tree = tree();

  private static SysfsTree tree() {
    ApHardware hardware = Machines.cards(ApMask.of(2, 5, 6, 7, 8), ApMask.of(1, 2));
    Machines.with(hardware, 2, AdapterType.CEX3A, AdapterMode.ACCELERATOR);
    Machines.with(hardware, 6, AdapterType.CEX6, AdapterMode.ACCELERATOR);
    Machines.with(hardware, 7, AdapterType.CEX7, AdapterMode.CCA);
    Machines.with(hardware, 8, AdapterType.CEX8, AdapterMode.EP11);
    Admin admin = Admin.boot(hardware, KernelProfile.LINUX_6_1).echo("-5", "bus/ap/apmask");
    admin
        .create(Admin.UUID1)
        .assignAdapters(5)
        .assignDomains(1)
        .assignControlDomains(1)
        .start("guest");
    return admin.echo("container", "class/zcrypt/create").host().sysfs();
  }

  static Stream<Path> cases() throws IOException, URISyntaxException {
    Path folder = Path.of(CatalogueTest.class.getResource("catalogue").toURI());
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList().stream();
    }
  }

  /**
   * One line of a catalogue file.
   *
   * @param name of the entry
   * @param kind "directory", "link" or a mode
   * @param content what it shows or leads to
   */
  private record Entry(String name, String kind, String content) {
    static Entry parse(String line) {
      String[] columns = line.split(" +", 3);
      return new Entry(columns[0], columns[1], columns.length > 2 ? columns[2] : "");
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void hasExactlyTheFilesOfTheCatalogue(Path file) throws IOException {
    List<String> lines =
        Files.readAllLines(file).stream().filter(line -> !line.startsWith("#")).toList();
    String directory = lines.get(0).substring("directory ".length());
    List<Entry> entries = lines.stream().skip(1).map(Entry::parse).toList();

    assertThat(tree.list(directory))
        .as(directory)
        .containsExactlyInAnyOrderElementsOf(entries.stream().map(Entry::name).toList());
    entries.forEach(entry -> check(directory + "/" + entry.name(), entry));
  }

  private void check(String path, Entry entry) {
    switch (entry.kind()) {
      case "directory" ->
          assertThat(tree.lookupLink(path)).as(path).isInstanceOf(SysfsDirectory.class);
      case "link" -> assertThat(tree.readLink(path)).as(path).isEqualTo(entry.content());
      default -> checkFile(path, entry);
    }
  }

  private void checkFile(String path, Entry entry) {
    SysfsFile file = (SysfsFile) tree.lookupLink(path);
    assertThat(file.mode()).as("mode of " + path).isEqualTo(Integer.parseInt(entry.kind(), 8));
    if ((file.mode() & 0444) != 0) {
      assertThat(shown(path)).as(path).matches(expected(entry.content()));
    }
  }

  private static String expected(String content) {
    return switch (content) {
      case "nothing" -> "";
      case "empty-line" -> "\n";
      case "EIO" -> "EIO";
      default -> content + "\n";
    };
  }

  private String shown(String path) {
    try {
      return tree.read(path);
    } catch (KernelRefusal refusal) {
      return refusal.errno().name();
    }
  }
}
