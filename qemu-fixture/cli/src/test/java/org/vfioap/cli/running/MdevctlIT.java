package org.vfioap.cli.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The real mdevctl (1.2 to 1.4) manages the mdevs of a machine. Up to 1.3 it ends a list with an
 * empty line, and later one in JSON without a newline; {@code grep .} makes them alike.
 */
final class MdevctlIT extends WithMachines {
  private static final String UUID = "62177883-f1bb-47f0-914d-32a22e3a8804";
  private static final String DEFINE =
      "mdevctl define -u " + UUID + " -p matrix -t vfio_ap-passthrough";
  private static final String ADAPTER = attribute("assign_adapter", "5");
  private static final String DOMAIN = attribute("assign_domain", "4");
  private static final String RESERVE = "echo -5 > /sys/bus/ap/apmask";

  private static String attribute(String name, String value) {
    return "mdevctl modify -u " + UUID + " --addattr " + name + " --value " + value;
  }

  @BeforeEach
  void needsMdevctl() {
    boolean found =
        ordinary().run("sh", "-c", "PATH=$PATH:/usr/sbin command -v mdevctl").status() == 0;
    assumeTrue(found, "mdevctl is not installed");
  }

  private static String lines(String... commands) {
    return String.join("\n", commands) + "\n";
  }

  @ParameterizedTest
  @MethodSource("callers")
  void showsTheType(Caller caller) {
    assertThat(bashIn(caller, "document", "mdevctl types | grep ."))
        .isEqualTo(
            """
            matrix
              vfio_ap-passthrough
                Available instances: 65536
                Device API: vfio-ap
                Name: VFIO AP Passthrough Device
            """);
  }

  @ParameterizedTest
  @MethodSource("callers")
  void definesStartsStopsAndUndefines(Caller caller) {
    String script =
        lines(
            RESERVE,
            DEFINE,
            ADAPTER,
            DOMAIN,
            "mdevctl start -u " + UUID,
            "mdevctl list | grep .",
            "cat /sys/bus/mdev/devices/" + UUID + "/matrix",
            "mdevctl stop -u " + UUID,
            "ls /sys/bus/mdev/devices",
            "mdevctl list -d --dumpjson | grep .",
            "mdevctl undefine -u " + UUID,
            "mdevctl list -d | grep .");

    assertThat(bashIn(caller, "document", script))
        .isEqualTo(
            """
            62177883-f1bb-47f0-914d-32a22e3a8804 matrix vfio_ap-passthrough manual (defined)
            05.0004
            [
              {
                "matrix": [
                  {
                    "62177883-f1bb-47f0-914d-32a22e3a8804": {
                      "mdev_type": "vfio_ap-passthrough",
                      "start": "manual",
                      "attrs": [
                        {
                          "assign_adapter": "5"
                        },
                        {
                          "assign_domain": "4"
                        }
                      ]
                    }
                  }
                ]
              }
            ]
            """);
  }

  /** mdevctl writes the same files on each kernel, and lists what it started. */
  @ParameterizedTest
  @ValueSource(
      strings = {"linux-6.1", "linux-6.8", "linux-6.12", "linux-6.15", "linux-6.19", "linux-7.2"})
  void startsAndStopsOnEveryKernel(String profile) {
    Caller caller = ordinary();
    String hardware = "\nadapters: {5: {type: CEX8}}\ndomains: [4]\n";
    file(caller, profile + ".yaml", "profile: " + profile + hardware);
    String script =
        lines(
            RESERVE,
            DEFINE,
            ADAPTER,
            DOMAIN,
            "mdevctl start -u " + UUID,
            "mdevctl list | grep .",
            "cat /sys/bus/mdev/devices/" + UUID + "/guest_matrix",
            "mdevctl stop -u " + UUID,
            "ls /sys/bus/mdev/devices");

    assertThat(bashIn(caller, profile + ".yaml", script))
        .isEqualTo(UUID + " matrix vfio_ap-passthrough manual (defined)\n05.0004\n");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void startsFromJson(Caller caller) {
    file(
        caller,
        "mdev.json",
        """
        {"mdev_type": "vfio_ap-passthrough", "start": "manual",
         "attrs": [{"assign_adapter": "0x05"}, {"assign_domain": "0xab"},
                   {"assign_control_domain": "0x47"}]}
        """);
    String script =
        lines(
            RESERVE,
            "mdevctl start -u " + UUID + " -p matrix --jsonfile mdev.json",
            "cd /sys/bus/mdev/devices/" + UUID,
            "cat matrix control_domains");

    assertThat(bashIn(caller, "document", script)).isEqualTo("05.00ab\n0047\n");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void leavesNothingOfAStartThatTheDriverRefuses(Caller caller) {
    String script =
        lines(DEFINE, ADAPTER, DOMAIN, "mdevctl start -u " + UUID, "ls /sys/bus/mdev/devices");

    assertThat(bashIn(caller, "document", script))
        .contains("Failed to write 4 to attribute assign_domain")
        .contains("Cannot assign requested address (os error 99)")
        .doesNotContain("\n" + UUID + "\n");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void startsByItselfAfterAReboot(Caller caller) {
    file(
        caller,
        "reserved.yaml",
        """
        profile: linux-6.1
        adapters: {5: {type: CEX8}}
        domains: [4]
        boot: {apmask: "+0-255,-5"}
        """);
    String name = start(caller, "reserved.yaml");
    bash(caller, name, lines(DEFINE + " --auto", ADAPTER, DOMAIN));

    assertThat(bash(caller, name, "ls /sys/bus/mdev/devices")).isEmpty();
    vfioap(caller, "reboot", name);
    assertThat(
            bash(caller, name, "mdevctl list | grep .; cat /sys/bus/mdev/devices/*/guest_matrix"))
        .isEqualTo(UUID + " matrix vfio_ap-passthrough auto (defined)\n05.0004\n");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void showsTheAttributesOfAnActiveMdev(Caller caller) {
    String script =
        lines(
            RESERVE,
            "cd /sys/devices/vfio_ap/matrix",
            "echo " + UUID + " >mdev_supported_types/vfio_ap-passthrough/create",
            "cd " + UUID,
            "echo 5 >assign_adapter; echo 0xab >assign_domain; echo 4 >assign_domain",
            "echo 0x47 >assign_control_domain",
            "mdevctl list --dumpjson | grep assign");

    assertThat(bashIn(caller, "document", script).replaceAll("[\" ]", ""))
        .isEqualTo(
            "assign_adapter:5\nassign_domain:4\nassign_domain:171\nassign_control_domain:71\n");
  }

  /** As mdevctl asks it from 1.3 on. */
  private static String live(String attributes) {
    return "echo '{\"attrs\": ["
        + attributes
        + "]}' | /etc/mdevctl.d/scripts.d/callouts/ap-check* -t vfio_ap-passthrough -e live"
        + " -a modify -s none -p matrix -u "
        + UUID;
  }

  @ParameterizedTest
  @MethodSource("callers")
  void changesAnActiveMdevAtOnceOrNotAtAll(Caller caller) {
    file(caller, "new.yaml", "profile: linux-6.12\nadapters: {5: {type: CEX8}}\ndomains: [4, 7]\n");
    String script =
        lines(
            "echo -5 >/sys/bus/ap/apmask",
            "cd /sys/devices/vfio_ap/matrix",
            "echo " + UUID + " >mdev_supported_types/vfio_ap-passthrough/create",
            live("{\"assign_adapter\": \"0x05\"}, {\"assign_domain\": \"7\"}"),
            "cat *-*/matrix",
            live("{\"assign_adapter\": \"4\"}, {\"assign_domain\": \"7\"}"),
            "echo $?; cat *-*/matrix");

    assertThat(bashIn(caller, "new.yaml", script))
        .isEqualTo(
            "05.0007\nAPQN 4.7 is not allowed for vfio_ap-passthrough use by the active ap bus mask"
                + " settings\n255\n05.0007\n");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void changesNothingLiveOnOldKernels(Caller caller) {
    String script = lines(RESERVE, DEFINE, "mdevctl start -u " + UUID, live(""), "echo \" $?\"");

    assertThat(bashIn(caller, "document", script))
        .isEqualTo("vfio-ap module does not support ap_config for live modification 255\n");
  }
}
