package org.vfioap.bus;

import java.util.ArrayList;
import java.util.List;
import org.vfioap.kernel.Uevent;

/**
 * What a uevent tells of a card or queue.
 *
 * @param device what it is about
 * @param driver the name of the driver that the device had at that moment, empty if none
 * @param changes what stands before the properties of the device
 */
record DeviceNews(ApDevice device, String driver, List<String> changes) implements Uevent.Subject {
  @Override
  public String devpath() {
    return device.devpath();
  }

  @Override
  public String subsystem() {
    return "ap";
  }

  @Override
  public List<String> properties() {
    List<String> all = new ArrayList<>(changes);
    all.addAll(device.properties(driver));
    return List.copyOf(all);
  }
}
