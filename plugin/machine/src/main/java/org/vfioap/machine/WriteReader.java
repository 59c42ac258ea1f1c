package org.vfioap.machine;

import java.util.List;

/** Reads {@code writes}: what an administrator writes to files after boot. */
final class WriteReader {
  private static final String FORM = "a list of writes, as - /sys/bus/ap/config_time: 5";

  private WriteReader() {}

  static List<BootWrite> read(YamlValue list) {
    return list.elements("writes", FORM).stream().map(WriteReader::write).toList();
  }

  static List<Position> positions(YamlValue list) {
    return list.elements("writes", FORM).stream().map(YamlValue::position).toList();
  }

  private static BootWrite write(YamlValue value) {
    List<YamlValue.Entry> entries = value.entries("a write", FORM);
    if (entries.size() != 1) {
      throw value.position().error("a write names " + entries.size() + " files", "one file each");
    }
    YamlValue key = entries.get(0).key();
    String path = key.text("the file of a write", FORM);
    if (!FilePaths.isBelow("/sys/", path)) {
      throw key.position()
          .error(Quoted.of(path) + " is not below /sys", "paths such as /sys/bus/ap/apmask");
    }
    return new BootWrite(path, entries.get(0).value().text("what is written", "a text"));
  }
}
