package org.vfioap.host;

import static org.vfioap.lab.LabAssertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vfioap.ap.ApMask;
import org.vfioap.kernel.KernelProfile;
import org.vfioap.lab.Admin;
import org.vfioap.lab.Machines;
import org.vfioap.sysfs.SysfsFile;

/**
 * The parameters of the modules ap and zcrypt: the module_param_named lines of
 * drivers/s390/crypto/ap_bus.c and zcrypt_api.c.
 */
class ModuleParametersTest {
  private static final String AP = "module/ap/parameters";

  private static final Map<String, String> OLD_AP =
      Map.of(
          "domain", "0440 3",
          "poll_thread", "0440 0",
          "apmask", "0440 (null)",
          "aqmask", "0440 (null)",
          "useirq", "0440 1");

  private static Admin boot(KernelProfile profile) {
    return Admin.boot(Machines.cards(ApMask.of(5), ApMask.of(3, 4)), profile);
  }

  /** Each file of a module's parameters with its mode and content. */
  private static Map<String, String> parameters(Admin admin, String module) {
    String directory = "/sys/module/" + module + "/parameters";
    Map<String, String> found = new TreeMap<>();
    for (String name : admin.ls(directory)) {
      String path = directory + "/" + name;
      SysfsFile file = (SysfsFile) admin.host().sysfs().lookup(path);
      found.put(name, String.format("%04o %s", file.mode(), admin.cat(path).strip()));
    }
    return found;
  }

  private static Map<String, String> oldApAnd(String name, String file) {
    Map<String, String> all = new TreeMap<>(OLD_AP);
    all.put(name, file);
    return all;
  }

  @ParameterizedTest
  @EnumSource(names = {"DOCUMENTED", "LINUX_6_1"})
  void linux61HasASeedForTheRandomNumberGenerator(KernelProfile profile) {
    Admin admin = boot(profile);

    assertThat(parameters(admin, "ap")).isEqualTo(OLD_AP);
    assertThat(parameters(admin, "zcrypt")).isEqualTo(Map.of("hwrng_seed", "0440 1"));
  }

  @ParameterizedTest
  @EnumSource(names = {"LINUX_6_8", "LINUX_6_12", "LINUX_6_15"})
  void linux68HasAPoolOfMessages(KernelProfile profile) {
    Admin admin = boot(profile);

    assertThat(parameters(admin, "ap")).isEqualTo(oldApAnd("msgpool_min_items", "0440 8"));
    assertThat(admin.ls("module/zcrypt")).isEmpty();
  }

  @Test
  void linux619HasAPoolOfRequests() {
    Admin admin = boot(KernelProfile.LINUX_6_19);

    assertThat(parameters(admin, "ap")).isEqualTo(oldApAnd("msgpool_min_items", "0440 8"));
    assertThat(parameters(admin, "zcrypt")).isEqualTo(Map.of("mempool_threshold", "0440 5"));
  }

  @Test
  void linux72LetsEverybodyReadWhatToolsNeed() {
    Admin admin = boot(KernelProfile.LINUX_7_2);

    assertThat(parameters(admin, "ap"))
        .isEqualTo(
            Map.of(
                "domain", "0444 3",
                "poll_thread", "0444 0",
                "apmask", "0444 (null)",
                "aqmask", "0444 (null)",
                "useirq", "0444 1",
                "msgpool_min_items", "0400 8"));
    assertThat(parameters(admin, "zcrypt")).isEqualTo(Map.of("mempool_threshold", "0400 5"));
  }

  @ParameterizedTest
  @EnumSource
  void domainIsTheDefaultDomainOfTheMoment(KernelProfile profile) {
    Admin admin = boot(profile).echo("4", "bus/ap/ap_domain");

    assertThat(admin).shows(AP + "/domain", "4");
  }

  @Test
  void masksAreAsTheyWereAtBoot() {
    Admin admin =
        Admin.of(
            ApHost.builder()
                .hardware(Machines.cards(ApMask.of(5), ApMask.of(3)))
                .bootParameters(BootParameters.of("0xff", "+3"))
                .boot());
    admin.echo("0x0", "bus/ap/apmask");

    assertThat(admin).shows(AP + "/apmask", "0xff").shows(AP + "/aqmask", "+3");
    assertThat(List.of("ap", "zcrypt", "zcrypt_cex4")).allMatch(admin.ls("module")::contains);
  }
}
