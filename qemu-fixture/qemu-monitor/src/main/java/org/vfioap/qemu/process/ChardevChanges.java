package org.vfioap.qemu.process;

import java.util.Map;
import java.util.Optional;
import org.vfioap.qemu.guest.Guest;
import org.vfioap.qemu.json.JsonNumber;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.options.OptionString;
import org.vfioap.qemu.qapi.QemuError;
import org.vfioap.qemu.qmp.RingBuffer;
import org.vfioap.qemu.qom.ObjectTree;

/**
 * Opens and closes character devices while the process runs. Source: chardev/char.c and the back
 * ends beside it of QEMU 7.2.
 */
final class ChardevChanges {
  private final Map<String, Chardev> chardevs;
  private final Guest guest;

  ChardevChanges(Map<String, Chardev> chardevs, Guest guest) {
    this.chardevs = chardevs;
    this.guest = guest;
  }

  void add(String id, String backend, JsonObject data) throws QemuError {
    ChardevRules.checkFree(id, chardevs);
    try {
      put(open(id, backend, data));
    } catch (QemuError refused) {
      throw refused.prefixed("Failed to add chardev '" + id + "': ");
    }
  }

  void change(String id, String backend, JsonObject data) throws QemuError {
    if (!chardevs.containsKey(id)) {
      throw QemuError.generic("Chardev '" + id + "' does not exist");
    }
    drop(id);
    add(id, backend, data);
  }

  /** Opens one that a person describes as {@code -chardev} does. */
  void add(OptionString options) throws QemuError {
    String id = options.id().orElse("");
    if (options.get("backend").isEmpty()) {
      throw QemuError.generic(
          id.isEmpty() ? "chardev: no id specified" : "chardev: \"" + id + "\" missing backend");
    }
    if (id.isEmpty()) {
      throw QemuError.generic("chardev: no id specified");
    }
    checkBackend(options);
    Chardev opened = open(id, options);
    if (chardevs.containsKey(id)) {
      throw QemuError.generic(
          "attempt to add duplicate property '" + id + "' to object (type 'container')");
    }
    put(opened);
  }

  void checkBackend(OptionString options) throws QemuError {
    String backend = options.get("backend").orElse("");
    if (!Chardevs.isBackend(backend)) {
      throw QemuError.generic("'" + backend + "' is not a valid char driver name");
    }
  }

  private Chardev open(String id, OptionString options) throws QemuError {
    String backend = ChardevRules.modern(options.get("backend").orElse(""));
    boolean way = options.get("path").isPresent() || options.get("host").isPresent();
    if (backend.equals("socket") && !way) {
      String name = options.get("fd").orElse("");
      throw QemuError.generic("File descriptor named '" + name + "' has not been found");
    }
    ChardevRules.check(backend, options, chardevs, FdSets.none());
    return Chardev.open(id, backend, options);
  }

  void change(String id, OptionString options) throws QemuError {
    if (!chardevs.containsKey(id)) {
      throw QemuError.generic("Chardev '" + id + "' does not exist");
    }
    drop(id);
    try {
      put(open(id, options));
    } catch (QemuError refused) {
      throw refused.prefixed("Failed to add chardev '" + id + "': ");
    }
  }

  RingBuffer ring(String id) throws QemuError {
    Chardev chardev = chardevs.get(id);
    if (chardev == null) {
      throw QemuError.generic("Device '" + id + "' not found");
    }
    return chardev.ring().orElseThrow(() -> QemuError.generic(id + " is not a ringbuf device"));
  }

  void remove(String id) throws QemuError {
    if (!chardevs.containsKey(id)) {
      throw QemuError.generic("Chardev '" + id + "' not found");
    }
    drop(id);
  }

  private Chardev open(String id, String backend, JsonObject data) throws QemuError {
    if (backend.equals("pty")) {
      throw QemuError.generic("the emulator opens 'pty' from the command line only; use -chardev");
    }
    Optional<String> in = data.text("in");
    if (backend.equals("file") && in.isPresent()) {
      ChardevRules.checkFile(in.get());
    }
    if (backend.equals("ringbuf") || backend.equals("memory")) {
      checkSize(data);
    }
    OptionString options = ChardevData.options(backend, data);
    ChardevRules.check(backend, options, chardevs, FdSets.none());
    return Chardev.open(id, backend, options);
  }

  private static void checkSize(JsonObject data) throws QemuError {
    long size =
        data.get("size").orElse(JsonNumber.of(1)) instanceof JsonNumber.Signed number
            ? number.value()
            : 0;
    ChardevRules.checkRing(size);
  }

  private void put(Chardev chardev) {
    var container = guest.board().at("/chardevs").orElseThrow();
    chardevs.put(chardev.label(), chardev);
    guest.addChardev(chardev);
    // Nobody has found a socket yet that is only now there.
    String text = chardev.objectText().replace("connected\tbool\ttrue", "connected\tbool\tfalse");
    container.add(chardev.label(), ObjectTree.object(text, guest.board().types()));
  }

  private void drop(String id) {
    guest
        .board()
        .at("/chardevs")
        .flatMap(container -> container.child(id))
        .ifPresent(object -> object.unparent());
    guest.chardevs().removeIf(each -> each.label().equals(id));
    Optional.ofNullable(chardevs.remove(id)).ifPresent(Chardev::close);
  }
}
