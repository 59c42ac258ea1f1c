package org.vfioap.cli.session;

import java.util.ArrayList;
import java.util.List;
import org.vfioap.ap.Adapter;
import org.vfioap.ap.AdapterId;
import org.vfioap.ap.AdapterMode;
import org.vfioap.ap.AdapterType;
import org.vfioap.ap.ApMask;
import org.vfioap.host.ApHost;

/**
 * The document's example, "Securing the APQNs for our example", as command lines on a host, and
 * what the document says about running guests afterwards.
 */
public final class Example implements AutoCloseable {
  private static final String MATRIX = "/sys/devices/vfio_ap/matrix";
  private static final String CREATE = MATRIX + "/mdev_supported_types/vfio_ap-passthrough/create";
  private static final List<String> UUIDS =
      List.of(
          "62177883-f1bb-47f0-914d-32a22e3a8804",
          "cef03c3c-903d-4ecc-9a83-40694cb8aee4",
          "0c8c6a3e-2f6f-4d0e-9a53-6d1f5f0c8a11");

  private final ApHost host;
  private final Screen screen;
  private final Shell shell;
  private final List<GuestSession> guests = new ArrayList<>();

  /** Prepares the example on the machine of the document, freshly booted. */
  public Example(ApHost host, Screen screen) {
    this.host = host;
    this.screen = screen;
    shell = new Shell(host, "host# ", screen);
  }

  /** Plays everything, from the secured queues to the clean removal. */
  public void playAll() {
    startThreeGuests();
    hotPlug();
    overProvision();
    refusals();
    removeEverything();
  }

  /** Plays the document's example: three guests with their queues. */
  public void startThreeGuests() {
    screen.title("The host and its adapters");
    run("lszcrypt");
    secureQueues();
    createMdevs();
    assign();
    screen.title("Start the guests");
    for (int i = 0; i < UUIDS.size(); i++) {
      guests.add(
          GuestSession.start(host, screen, "guest" + (i + 1), UUIDS.get(i), "$uuid" + (i + 1)));
    }
    guests.forEach(guest -> guest.run("lszcrypt"));
  }

  private void run(String... lines) {
    for (String line : lines) {
      shell.run(line);
    }
  }

  private void secureQueues() {
    screen.title("Take the queues from the host's drivers");
    run(
        "echo -5,-6 > /sys/bus/ap/apmask",
        "echo -4,-0x47,-0xab,-0xff > /sys/bus/ap/aqmask",
        "cat /sys/bus/ap/apmask /sys/bus/ap/aqmask",
        "ls /sys/bus/ap/drivers/vfio_ap");
  }

  private void createMdevs() {
    screen.title("Create the mediated devices");
    for (int i = 0; i < UUIDS.size(); i++) {
      run("uuid" + (i + 1) + "=" + UUIDS.get(i));
    }
    for (int i = 0; i < UUIDS.size(); i++) {
      run("echo $uuid" + (i + 1) + " > " + CREATE);
    }
  }

  private void assign() {
    screen.title("Configure the matrix of each");
    run(
        "cd " + MATRIX + "/$uuid1",
        "echo 5 > assign_adapter",
        "echo 6 > assign_adapter",
        "echo 4 > assign_domain",
        "echo 0xab > assign_domain",
        "cat matrix",
        "cd " + MATRIX + "/$uuid2",
        "echo 5 > assign_adapter",
        "echo 0x47 > assign_domain",
        "echo 0xff > assign_domain",
        "cat matrix",
        "cd " + MATRIX + "/$uuid3",
        "echo 6 > assign_adapter",
        "echo 0x47 > assign_domain",
        "echo 0xff > assign_domain",
        "cat matrix");
  }

  private void hotPlug() {
    screen.title("Unplug and plug while guest1 runs");
    run("cd " + MATRIX + "/$uuid1", "echo 0xab > unassign_domain", "cat guest_matrix");
    guests.get(0).run("lszcrypt");
    run("echo 0xab > assign_domain", "echo 4 > assign_control_domain", "cat control_domains");
    guests.get(0).run("lszcrypt");
    guests.get(0).run("cat /sys/bus/ap/ap_control_domain_mask");
  }

  private void overProvision() {
    screen.title("Assign an adapter that the host does not have yet");
    run("echo 7 > assign_adapter", "cat matrix", "cat guest_matrix");
    screen.remark("An operator assigns adapter 7, a CEX6 in CCA mode, to this system.");
    host.change(
        hardware ->
            hardware
                .adapter(AdapterId.of(7), Adapter.of(AdapterType.CEX6, AdapterMode.CCA))
                .adapters(hardware.configuration().adapters().or(ApMask.of(7))));
    run("cat guest_matrix");
    guests.get(0).run("lszcrypt");
  }

  private void refusals() {
    screen.title("What the kernel refuses");
    screen.remark("Queue 07.0006 is reserved for the host's drivers.");
    run("echo 6 > assign_domain");
    screen.remark("Domain 0x47 of adapters 5 and 6 belongs to guest2 and guest3.");
    run("echo 0x47 > assign_domain", "dmesg");
    screen.remark("The host cannot take back queues that are assigned.");
    run("echo +4,+0xab > /sys/bus/ap/aqmask", "dmesg");
    screen.remark("Numbers must be numbers, and not above the maximum.");
    run("echo five > assign_adapter", "echo 256 > assign_adapter", "cat assign_adapter");
    screen.remark("An mdev stays as long as its guest runs.");
    run("echo 1 > remove");
  }

  private void removeEverything() {
    screen.title("Shut the guests down and clean up");
    close();
    for (int i = 1; i <= UUIDS.size(); i++) {
      run("echo 1 > " + MATRIX + "/$uuid" + i + "/remove");
    }
    run(
        "cat " + MATRIX + "/mdev_supported_types/vfio_ap-passthrough/available_instances",
        "echo +5,+6 > /sys/bus/ap/apmask",
        "echo +4,+0x47,+0xab,+0xff > /sys/bus/ap/aqmask",
        "ls /sys/bus/ap/drivers/vfio_ap",
        "cat /sys/bus/ap/bindings");
  }

  /** Shuts down the guests that still run. */
  @Override
  public void close() {
    for (int i = 0; i < guests.size(); i++) {
      screen.typed("guest" + (i + 1) + "# ", "poweroff");
      guests.get(i).close();
    }
    guests.clear();
  }
}
