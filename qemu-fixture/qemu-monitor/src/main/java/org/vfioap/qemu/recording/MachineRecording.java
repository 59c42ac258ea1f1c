package org.vfioap.qemu.recording;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The recorded objects and answers of one machine type; what it lacks is as on the default one. */
public final class MachineRecording {
  private static final String DEFAULT = "s390-ccw-virtio";

  private final Recording own;
  private final Recording standard = Recording.named("machine-" + DEFAULT);

  private MachineRecording(String machine) {
    this.own = Recording.named("machine-" + machine);
  }

  /** Returns the recording of the machine type {@code machine}. */
  public static MachineRecording of(String machine) {
    return new MachineRecording(machine);
  }

  /** Returns the text called {@code name}. */
  public Optional<String> find(String name) {
    return own.find(name).or(() -> standard.find(name));
  }

  /** Returns the text called {@code name}, which must exist. */
  public String get(String name) {
    return own.find(name).orElseGet(() -> standard.get(name));
  }

  /**
   * Returns the recorded objects by path.
   *
   * @param complete whether objects that this recording lacks are there as on the default machine
   */
  public Map<String, String> objects(boolean complete) {
    Map<String, String> objects = new LinkedHashMap<>();
    if (complete) {
      addObjects(standard, objects);
    }
    addObjects(own, objects);
    return objects;
  }

  private static void addObjects(Recording recording, Map<String, String> objects) {
    for (String name : recording.names()) {
      if (name.startsWith("/")) {
        objects.put(name, recording.get(name));
      }
    }
  }
}
