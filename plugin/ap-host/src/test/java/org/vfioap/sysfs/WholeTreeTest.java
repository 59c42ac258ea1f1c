package org.vfioap.sysfs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vfioap.ap.AdapterMode;
import org.vfioap.ap.AdapterType;
import org.vfioap.ap.ApHardware;
import org.vfioap.ap.ApMask;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.lab.Admin;
import org.vfioap.lab.Machines;
import org.vfioap.sysfs.SysfsTree.Access;

/**
 * What holds for every entry of the tree, whatever it is.
 *
 * <pre>
 *   02 CEX3A   05 CEX5C   06 CEX6A   08 CEX8P      domains 1 and 2; 05 is passed
 *   mdev 1 in use by a guest, mdev 2 not; the zcrypt node "container"
 * </pre>
 */
class WholeTreeTest {
  private static ApHardware everyMode() {
    ApHardware hardware = Machines.cards(ApMask.of(2, 5, 6, 8), ApMask.of(1, 2));
    Machines.with(hardware, 2, AdapterType.CEX3A, AdapterMode.ACCELERATOR);
    Machines.with(hardware, 6, AdapterType.CEX6, AdapterMode.ACCELERATOR);
    return Machines.with(hardware, 8, AdapterType.CEX8, AdapterMode.EP11);
  }

  private static SysfsTree tree(KernelProfile profile) {
    Admin admin = Admin.boot(everyMode(), profile).echo("-5", "bus/ap/apmask");
    admin.create(Admin.UUID1).assignAdapters(5).assignDomains(1).start("guest");
    admin.create(Admin.UUID2).assignAdapters(5).assignDomains(2);
    admin.echo("container", "class/zcrypt/create");
    return admin.host().sysfs();
  }

  /** All paths below a directory, links not followed. */
  private static List<String> walk(SysfsTree tree, String directory) {
    List<String> paths = new ArrayList<>();
    for (String name : tree.list(directory)) {
      String path = directory + "/" + name;
      paths.add(path);
      if (tree.lookupLink(path) instanceof SysfsDirectory) {
        paths.addAll(walk(tree, path));
      }
    }
    return paths;
  }

  @ParameterizedTest
  @EnumSource
  void listsWhatCanBeLookedUp(KernelProfile profile) {
    SysfsTree tree = tree(profile);

    assertThat(walk(tree, "/sys"))
        .hasSizeGreaterThan(300)
        .doesNotHaveDuplicates()
        .allMatch(tree::exists);
  }

  @ParameterizedTest
  @EnumSource
  void resolvesEveryLink(KernelProfile profile) {
    SysfsTree tree = tree(profile);
    List<String> links =
        walk(tree, "/sys").stream().filter(p -> tree.lookupLink(p) instanceof SysfsLink).toList();

    assertThat(links).hasSizeGreaterThan(50).allSatisfy(link -> assertLeadsToItsName(tree, link));
  }

  /** A link to a device carries its name; others are named after what they lead to. */
  private static void assertLeadsToItsName(SysfsTree tree, String link) {
    String target = tree.readLink(link);
    String name = link.substring(link.lastIndexOf('/') + 1);
    String end = target.substring(target.lastIndexOf('/') + 1);
    SysfsNode node = tree.lookup(link);

    assertThat(node).as(link).isInstanceOf(SysfsDirectory.class);
    switch (name) {
      case "subsystem" -> assertThat(target).as(link).containsAnyOf("/bus/", "/class/");
      case "driver" -> assertThat(target).as(link).contains("/drivers/");
      case "module" -> assertThat(target).as(link).contains("/module/");
      case "mdev_type" -> assertThat(end).as(link).isEqualTo("vfio_ap-passthrough");
      case "iommu_group" -> assertThat(target).as(link).contains("/iommu_groups/");
      case "device" -> assertThat(link).as(target).contains(end);
      default -> assertThat(end).as(link).isEqualTo(name);
    }
  }

  @ParameterizedTest
  @EnumSource
  void readsEveryReadableFile(KernelProfile profile) {
    SysfsTree tree = tree(profile);

    for (String path : walk(tree, "/sys")) {
      if (tree.lookupLink(path) instanceof SysfsFile file && (file.mode() & 0444) != 0) {
        assertReads(tree, path);
      }
    }
  }

  private static void assertReads(SysfsTree tree, String path) {
    try {
      String content = tree.read(path);
      assertThat(content).as(path).matches("(?s)|.*\n");
    } catch (KernelRefusal refusal) {
      assertThat(path)
          .as("%s", refusal)
          .matches(".*/autosuspend_delay_ms|.*/zcrypt/(create|destroy)");
    } catch (RuntimeException e) {
      fail(path, e);
    }
  }

  @ParameterizedTest
  @EnumSource
  void answersJunkWithARefusalOrTakesIt(KernelProfile profile) {
    SysfsTree tree = tree(profile);

    for (String path : walk(tree, "/sys")) {
      for (String junk : List.of("\n", "junk\n", "\u00ff\u00fe", "-", "x".repeat(5000), " ")) {
        assertWrites(tree, path, junk);
      }
    }
  }

  private static void assertWrites(SysfsTree tree, String path, String junk) {
    try {
      if (tree.lookup(path) instanceof SysfsFile file && (file.mode() & 0222) != 0) {
        assertThat(tree.open(path, Access.WRITE).write(junk.getBytes(ISO_8859_1)))
            .as(path)
            .isEqualTo(Math.min(junk.length(), OpenFile.PAGE));
      }
    } catch (KernelRefusal refusal) {
      assertThat(refusal.errno()).as(path).isNotNull();
    } catch (RuntimeException e) {
      fail(path + " after '" + junk + "'", e);
    }
  }

  @ParameterizedTest
  @EnumSource
  void showsDevicesWithUeventAndSubsystem(KernelProfile profile) {
    SysfsTree tree = tree(profile);

    for (String bus : List.of("ap", "matrix", "mdev")) {
      String devices = "/sys/bus/" + bus + "/devices/";
      assertThat(tree.list(devices))
          .isNotEmpty()
          .allMatch(name -> tree.exists(devices + name + "/uevent"))
          .allMatch(name -> tree.readLink(devices + name + "/subsystem").endsWith("bus/" + bus));
    }
  }
}
